from . import config_pb2 as _config_pb2
from . import model_pb2 as _model_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
ESTIMATOR_INPUT_GENERATED_TOKENS: EstimatorInput
ESTIMATOR_INPUT_GREEDY_REWARD: EstimatorInput
ESTIMATOR_INPUT_REWARD_COMPONENTS: EstimatorInput
ESTIMATOR_INPUT_SIMILARITY: EstimatorInput
ESTIMATOR_INPUT_UNSPECIFIED: EstimatorInput

class BuildInfo(_message.Message):
    __slots__ = ["commit", "commit_time", "java_version", "version"]
    COMMIT_FIELD_NUMBER: _ClassVar[int]
    COMMIT_TIME_FIELD_NUMBER: _ClassVar[int]
    JAVA_VERSION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    commit: str
    commit_time: _timestamp_pb2.Timestamp
    java_version: str
    version: str
    def __init__(self, version: _Optional[str] = ..., commit: _Optional[str] = ..., commit_time: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., java_version: _Optional[str] = ...) -> None: ...

class ConnectionLimits(_message.Message):
    __slots__ = ["flow_control_window", "handshake_timeout", "max_age", "max_age_grace", "max_calls", "max_idle", "max_metadata_bytes", "max_resets", "min_ping_interval", "reset_window"]
    FLOW_CONTROL_WINDOW_FIELD_NUMBER: _ClassVar[int]
    HANDSHAKE_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    MAX_AGE_FIELD_NUMBER: _ClassVar[int]
    MAX_AGE_GRACE_FIELD_NUMBER: _ClassVar[int]
    MAX_CALLS_FIELD_NUMBER: _ClassVar[int]
    MAX_IDLE_FIELD_NUMBER: _ClassVar[int]
    MAX_METADATA_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_RESETS_FIELD_NUMBER: _ClassVar[int]
    MIN_PING_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    RESET_WINDOW_FIELD_NUMBER: _ClassVar[int]
    flow_control_window: int
    handshake_timeout: _duration_pb2.Duration
    max_age: _duration_pb2.Duration
    max_age_grace: _duration_pb2.Duration
    max_calls: int
    max_idle: _duration_pb2.Duration
    max_metadata_bytes: int
    max_resets: int
    min_ping_interval: _duration_pb2.Duration
    reset_window: _duration_pb2.Duration
    def __init__(self, max_calls: _Optional[int] = ..., max_metadata_bytes: _Optional[int] = ..., max_resets: _Optional[int] = ..., reset_window: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., handshake_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_idle: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_age: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_age_grace: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., min_ping_interval: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., flow_control_window: _Optional[int] = ...) -> None: ...

class EngineInfo(_message.Message):
    __slots__ = ["deterministic", "device", "name", "reason", "version"]
    DETERMINISTIC_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    deterministic: bool
    device: str
    name: str
    reason: str
    version: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., device: _Optional[str] = ..., reason: _Optional[str] = ..., deterministic: bool = ...) -> None: ...

class EstimatorInfo(_message.Message):
    __slots__ = ["batch_level", "default_kernel", "estimator", "inputs", "parameters", "source", "summary"]
    BATCH_LEVEL_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_KERNEL_FIELD_NUMBER: _ClassVar[int]
    ESTIMATOR_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    batch_level: bool
    default_kernel: _config_pb2.Kernel
    estimator: _config_pb2.Estimator
    inputs: _containers.RepeatedScalarFieldContainer[EstimatorInput]
    parameters: _containers.RepeatedCompositeFieldContainer[ParameterInfo]
    source: str
    summary: str
    def __init__(self, estimator: _Optional[_Union[_config_pb2.Estimator, str]] = ..., summary: _Optional[str] = ..., source: _Optional[str] = ..., parameters: _Optional[_Iterable[_Union[ParameterInfo, _Mapping]]] = ..., batch_level: bool = ..., inputs: _Optional[_Iterable[_Union[EstimatorInput, str]]] = ..., default_kernel: _Optional[_Union[_config_pb2.Kernel, str]] = ...) -> None: ...

class GetServerInfoRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetServerInfoResponse(_message.Message):
    __slots__ = ["build", "default_config", "engine", "estimators", "gold_parameters", "importance_parameters", "kernel_parameters", "limits", "model", "models"]
    BUILD_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    ESTIMATORS_FIELD_NUMBER: _ClassVar[int]
    GOLD_PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    KERNEL_PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    build: BuildInfo
    default_config: _config_pb2.AdvantageConfig
    engine: EngineInfo
    estimators: _containers.RepeatedCompositeFieldContainer[EstimatorInfo]
    gold_parameters: _containers.RepeatedCompositeFieldContainer[ParameterInfo]
    importance_parameters: _containers.RepeatedCompositeFieldContainer[ParameterInfo]
    kernel_parameters: _containers.RepeatedCompositeFieldContainer[ParameterInfo]
    limits: Limits
    model: _model_pb2.ModelIdentity
    models: _containers.RepeatedCompositeFieldContainer[ModelInfo]
    def __init__(self, build: _Optional[_Union[BuildInfo, _Mapping]] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., engine: _Optional[_Union[EngineInfo, _Mapping]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., default_config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., estimators: _Optional[_Iterable[_Union[EstimatorInfo, _Mapping]]] = ..., gold_parameters: _Optional[_Iterable[_Union[ParameterInfo, _Mapping]]] = ..., importance_parameters: _Optional[_Iterable[_Union[ParameterInfo, _Mapping]]] = ..., models: _Optional[_Iterable[_Union[ModelInfo, _Mapping]]] = ..., kernel_parameters: _Optional[_Iterable[_Union[ParameterInfo, _Mapping]]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ["admissible_bytes", "body_timeout", "connection", "kept_text_bytes", "max_abs_reward", "max_deadline", "max_embedding_dimension", "max_groups_per_request", "max_message_bytes", "max_queued_tokens", "max_rollouts_per_group", "max_text_bytes", "max_texts_per_request", "max_wait", "max_waiting_calls"]
    ADMISSIBLE_BYTES_FIELD_NUMBER: _ClassVar[int]
    BODY_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_FIELD_NUMBER: _ClassVar[int]
    KEPT_TEXT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_ABS_REWARD_FIELD_NUMBER: _ClassVar[int]
    MAX_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    MAX_EMBEDDING_DIMENSION_FIELD_NUMBER: _ClassVar[int]
    MAX_GROUPS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_QUEUED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MAX_ROLLOUTS_PER_GROUP_FIELD_NUMBER: _ClassVar[int]
    MAX_TEXTS_PER_REQUEST_FIELD_NUMBER: _ClassVar[int]
    MAX_TEXT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_WAITING_CALLS_FIELD_NUMBER: _ClassVar[int]
    MAX_WAIT_FIELD_NUMBER: _ClassVar[int]
    admissible_bytes: int
    body_timeout: _duration_pb2.Duration
    connection: ConnectionLimits
    kept_text_bytes: int
    max_abs_reward: float
    max_deadline: _duration_pb2.Duration
    max_embedding_dimension: int
    max_groups_per_request: int
    max_message_bytes: int
    max_queued_tokens: int
    max_rollouts_per_group: int
    max_text_bytes: int
    max_texts_per_request: int
    max_wait: _duration_pb2.Duration
    max_waiting_calls: int
    def __init__(self, max_message_bytes: _Optional[int] = ..., max_groups_per_request: _Optional[int] = ..., max_rollouts_per_group: _Optional[int] = ..., max_texts_per_request: _Optional[int] = ..., max_text_bytes: _Optional[int] = ..., max_embedding_dimension: _Optional[int] = ..., max_abs_reward: _Optional[float] = ..., max_queued_tokens: _Optional[int] = ..., kept_text_bytes: _Optional[int] = ..., admissible_bytes: _Optional[int] = ..., max_waiting_calls: _Optional[int] = ..., body_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_wait: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., connection: _Optional[_Union[ConnectionLimits, _Mapping]] = ...) -> None: ...

class ModelInfo(_message.Message):
    __slots__ = ["engine", "model"]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    engine: EngineInfo
    model: _model_pb2.ModelIdentity
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., engine: _Optional[_Union[EngineInfo, _Mapping]] = ...) -> None: ...

class ParameterInfo(_message.Message):
    __slots__ = ["default_value", "name", "range", "summary"]
    DEFAULT_VALUE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RANGE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    default_value: str
    name: str
    range: str
    summary: str
    def __init__(self, name: _Optional[str] = ..., summary: _Optional[str] = ..., default_value: _Optional[str] = ..., range: _Optional[str] = ...) -> None: ...

class EstimatorInput(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
