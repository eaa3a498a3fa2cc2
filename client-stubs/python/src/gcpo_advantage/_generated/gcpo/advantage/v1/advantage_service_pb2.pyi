from . import config_pb2 as _config_pb2
from . import model_pb2 as _model_pb2
from . import result_pb2 as _result_pb2
from . import rollout_pb2 as _rollout_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
DIVERSITY_METRIC_CLUSTERS: DiversityMetric
DIVERSITY_METRIC_DISTINCT: DiversityMetric
DIVERSITY_METRIC_DISTINCT_N: DiversityMetric
DIVERSITY_METRIC_EFFECTIVE_COUNT: DiversityMetric
DIVERSITY_METRIC_EFFECTIVE_RANK: DiversityMetric
DIVERSITY_METRIC_LOG_DET_VOLUME: DiversityMetric
DIVERSITY_METRIC_PAIRWISE_DISTANCE: DiversityMetric
DIVERSITY_METRIC_SELF_BLEU: DiversityMetric
DIVERSITY_METRIC_UNIQUE_TEXT_RATIO: DiversityMetric
DIVERSITY_METRIC_UNSPECIFIED: DiversityMetric
DIVERSITY_METRIC_VENDI_SCORE: DiversityMetric

class ComputeAdvantagesRequest(_message.Message):
    __slots__ = ["config", "expected_model_fingerprint", "groups", "model", "output", "request_id"]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_MODEL_FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    config: _config_pb2.AdvantageConfig
    expected_model_fingerprint: str
    groups: _containers.RepeatedCompositeFieldContainer[_rollout_pb2.RolloutGroup]
    model: str
    output: OutputOptions
    request_id: str
    def __init__(self, request_id: _Optional[str] = ..., expected_model_fingerprint: _Optional[str] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[_rollout_pb2.RolloutGroup, _Mapping]]] = ..., output: _Optional[_Union[OutputOptions, _Mapping]] = ..., model: _Optional[str] = ...) -> None: ...

class ComputeAdvantagesResponse(_message.Message):
    __slots__ = ["effective_timeout", "model", "origin", "request_id", "results", "timing"]
    EFFECTIVE_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    TIMING_FIELD_NUMBER: _ClassVar[int]
    effective_timeout: _duration_pb2.Duration
    model: _model_pb2.ModelIdentity
    origin: _model_pb2.AnswerOrigin
    request_id: str
    results: _containers.RepeatedCompositeFieldContainer[_result_pb2.GroupResult]
    timing: ServerTiming
    def __init__(self, request_id: _Optional[str] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., results: _Optional[_Iterable[_Union[_result_pb2.GroupResult, _Mapping]]] = ..., timing: _Optional[_Union[ServerTiming, _Mapping]] = ..., origin: _Optional[_Union[_model_pb2.AnswerOrigin, _Mapping]] = ..., effective_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class EmbedTextsRequest(_message.Message):
    __slots__ = ["expected_model_fingerprint", "model", "request_id", "texts", "truncation_policy"]
    EXPECTED_MODEL_FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    expected_model_fingerprint: str
    model: str
    request_id: str
    texts: _containers.RepeatedScalarFieldContainer[str]
    truncation_policy: _config_pb2.TruncationPolicy
    def __init__(self, request_id: _Optional[str] = ..., expected_model_fingerprint: _Optional[str] = ..., texts: _Optional[_Iterable[str]] = ..., truncation_policy: _Optional[_Union[_config_pb2.TruncationPolicy, str]] = ..., model: _Optional[str] = ...) -> None: ...

class EmbedTextsResponse(_message.Message):
    __slots__ = ["effective_timeout", "embeddings_f32_le", "model", "origin", "request_id", "tokens", "truncated_tokens"]
    EFFECTIVE_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    EMBEDDINGS_F32_LE_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    effective_timeout: _duration_pb2.Duration
    embeddings_f32_le: bytes
    model: _model_pb2.ModelIdentity
    origin: _model_pb2.AnswerOrigin
    request_id: str
    tokens: _containers.RepeatedScalarFieldContainer[int]
    truncated_tokens: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, request_id: _Optional[str] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., embeddings_f32_le: _Optional[bytes] = ..., tokens: _Optional[_Iterable[int]] = ..., truncated_tokens: _Optional[_Iterable[int]] = ..., origin: _Optional[_Union[_model_pb2.AnswerOrigin, _Mapping]] = ..., effective_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class OutputOptions(_message.Message):
    __slots__ = ["cluster_threshold", "diversity", "metrics", "pass_at_k", "similarity"]
    CLUSTER_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    DIVERSITY_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    PASS_AT_K_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    cluster_threshold: float
    diversity: bool
    metrics: _containers.RepeatedScalarFieldContainer[DiversityMetric]
    pass_at_k: _containers.RepeatedScalarFieldContainer[int]
    similarity: bool
    def __init__(self, diversity: bool = ..., metrics: _Optional[_Iterable[_Union[DiversityMetric, str]]] = ..., cluster_threshold: _Optional[float] = ..., pass_at_k: _Optional[_Iterable[int]] = ..., similarity: bool = ...) -> None: ...

class ServerTiming(_message.Message):
    __slots__ = ["advantage_duration", "embedding_duration", "tokens"]
    ADVANTAGE_DURATION_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_DURATION_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    advantage_duration: _duration_pb2.Duration
    embedding_duration: _duration_pb2.Duration
    tokens: int
    def __init__(self, embedding_duration: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., advantage_duration: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., tokens: _Optional[int] = ...) -> None: ...

class StreamAdvantagesRequest(_message.Message):
    __slots__ = ["group", "header"]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    group: _rollout_pb2.RolloutGroup
    header: StreamHeader
    def __init__(self, header: _Optional[_Union[StreamHeader, _Mapping]] = ..., group: _Optional[_Union[_rollout_pb2.RolloutGroup, _Mapping]] = ...) -> None: ...

class StreamAdvantagesResponse(_message.Message):
    __slots__ = ["model", "origin", "result"]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelIdentity
    origin: _model_pb2.AnswerOrigin
    result: _result_pb2.GroupResult
    def __init__(self, result: _Optional[_Union[_result_pb2.GroupResult, _Mapping]] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., origin: _Optional[_Union[_model_pb2.AnswerOrigin, _Mapping]] = ...) -> None: ...

class StreamHeader(_message.Message):
    __slots__ = ["config", "expected_model_fingerprint", "model", "output", "request_id"]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_MODEL_FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    config: _config_pb2.AdvantageConfig
    expected_model_fingerprint: str
    model: str
    output: OutputOptions
    request_id: str
    def __init__(self, request_id: _Optional[str] = ..., expected_model_fingerprint: _Optional[str] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., output: _Optional[_Union[OutputOptions, _Mapping]] = ..., model: _Optional[str] = ...) -> None: ...

class SubmitRolloutsRequest(_message.Message):
    __slots__ = ["config", "expected_model_fingerprint", "model", "request_id", "texts", "truncation_policy"]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_MODEL_FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    config: _config_pb2.AdvantageConfig
    expected_model_fingerprint: str
    model: str
    request_id: str
    texts: _containers.RepeatedScalarFieldContainer[str]
    truncation_policy: _config_pb2.TruncationPolicy
    def __init__(self, request_id: _Optional[str] = ..., expected_model_fingerprint: _Optional[str] = ..., texts: _Optional[_Iterable[str]] = ..., truncation_policy: _Optional[_Union[_config_pb2.TruncationPolicy, str]] = ..., model: _Optional[str] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ...) -> None: ...

class SubmitRolloutsResponse(_message.Message):
    __slots__ = ["content_sha256", "effective_timeout", "model", "origin", "request_id", "tokens", "truncated_tokens"]
    CONTENT_SHA256_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    content_sha256: _containers.RepeatedScalarFieldContainer[bytes]
    effective_timeout: _duration_pb2.Duration
    model: _model_pb2.ModelIdentity
    origin: _model_pb2.AnswerOrigin
    request_id: str
    tokens: _containers.RepeatedScalarFieldContainer[int]
    truncated_tokens: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, request_id: _Optional[str] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., content_sha256: _Optional[_Iterable[bytes]] = ..., tokens: _Optional[_Iterable[int]] = ..., truncated_tokens: _Optional[_Iterable[int]] = ..., origin: _Optional[_Union[_model_pb2.AnswerOrigin, _Mapping]] = ..., effective_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class DiversityMetric(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
