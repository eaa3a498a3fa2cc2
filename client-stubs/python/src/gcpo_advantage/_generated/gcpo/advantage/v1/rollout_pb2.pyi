from . import config_pb2 as _config_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
REWARD_STATUS_EXCLUDED: RewardStatus
REWARD_STATUS_FAILED: RewardStatus
REWARD_STATUS_TIMED_OUT: RewardStatus
REWARD_STATUS_UNSPECIFIED: RewardStatus
REWARD_STATUS_VALID: RewardStatus

class Rollout(_message.Message):
    __slots__ = ["cluster_label", "content_sha256", "embedding_f32_le", "generated_tokens", "kernel_text", "log_prob", "old_log_prob", "reward", "reward_components", "reward_status", "rollout_id", "text"]
    class RewardComponentsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    CLUSTER_LABEL_FIELD_NUMBER: _ClassVar[int]
    CONTENT_SHA256_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_F32_LE_FIELD_NUMBER: _ClassVar[int]
    GENERATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    KERNEL_TEXT_FIELD_NUMBER: _ClassVar[int]
    LOG_PROB_FIELD_NUMBER: _ClassVar[int]
    OLD_LOG_PROB_FIELD_NUMBER: _ClassVar[int]
    REWARD_COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    REWARD_STATUS_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    cluster_label: str
    content_sha256: bytes
    embedding_f32_le: bytes
    generated_tokens: int
    kernel_text: str
    log_prob: float
    old_log_prob: float
    reward: float
    reward_components: _containers.ScalarMap[str, float]
    reward_status: RewardStatus
    rollout_id: str
    text: str
    def __init__(self, rollout_id: _Optional[str] = ..., text: _Optional[str] = ..., embedding_f32_le: _Optional[bytes] = ..., content_sha256: _Optional[bytes] = ..., reward: _Optional[float] = ..., reward_status: _Optional[_Union[RewardStatus, str]] = ..., log_prob: _Optional[float] = ..., old_log_prob: _Optional[float] = ..., generated_tokens: _Optional[int] = ..., reward_components: _Optional[_Mapping[str, float]] = ..., cluster_label: _Optional[str] = ..., kernel_text: _Optional[str] = ...) -> None: ...

class RolloutGroup(_message.Message):
    __slots__ = ["config", "golden_answer", "golden_cluster_label", "golden_embedding_f32_le", "golden_log_prob", "golden_old_log_prob", "golden_tokens", "greedy_reward", "group_id", "prompt", "prompt_embedding_f32_le", "rollouts", "similarity_f64_le"]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_ANSWER_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_CLUSTER_LABEL_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_EMBEDDING_F32_LE_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_LOG_PROB_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_OLD_LOG_PROB_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_TOKENS_FIELD_NUMBER: _ClassVar[int]
    GREEDY_REWARD_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    PROMPT_EMBEDDING_F32_LE_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    ROLLOUTS_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_F64_LE_FIELD_NUMBER: _ClassVar[int]
    config: _config_pb2.AdvantageConfig
    golden_answer: str
    golden_cluster_label: str
    golden_embedding_f32_le: bytes
    golden_log_prob: float
    golden_old_log_prob: float
    golden_tokens: int
    greedy_reward: float
    group_id: str
    prompt: str
    prompt_embedding_f32_le: bytes
    rollouts: _containers.RepeatedCompositeFieldContainer[Rollout]
    similarity_f64_le: bytes
    def __init__(self, group_id: _Optional[str] = ..., prompt: _Optional[str] = ..., rollouts: _Optional[_Iterable[_Union[Rollout, _Mapping]]] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., golden_answer: _Optional[str] = ..., golden_embedding_f32_le: _Optional[bytes] = ..., golden_log_prob: _Optional[float] = ..., golden_old_log_prob: _Optional[float] = ..., golden_tokens: _Optional[int] = ..., greedy_reward: _Optional[float] = ..., prompt_embedding_f32_le: _Optional[bytes] = ..., similarity_f64_le: _Optional[bytes] = ..., golden_cluster_label: _Optional[str] = ...) -> None: ...

class RewardStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
