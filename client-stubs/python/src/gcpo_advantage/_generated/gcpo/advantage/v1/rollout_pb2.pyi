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
    __slots__ = ["embedding_f32_le", "reward", "reward_status", "rollout_id", "text"]
    EMBEDDING_F32_LE_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    REWARD_STATUS_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    embedding_f32_le: bytes
    reward: float
    reward_status: RewardStatus
    rollout_id: str
    text: str
    def __init__(self, rollout_id: _Optional[str] = ..., text: _Optional[str] = ..., embedding_f32_le: _Optional[bytes] = ..., reward: _Optional[float] = ..., reward_status: _Optional[_Union[RewardStatus, str]] = ...) -> None: ...

class RolloutGroup(_message.Message):
    __slots__ = ["config", "golden_answer", "group_id", "prompt", "rollouts"]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    GOLDEN_ANSWER_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    ROLLOUTS_FIELD_NUMBER: _ClassVar[int]
    config: _config_pb2.AdvantageConfig
    golden_answer: str
    group_id: str
    prompt: str
    rollouts: _containers.RepeatedCompositeFieldContainer[Rollout]
    def __init__(self, group_id: _Optional[str] = ..., prompt: _Optional[str] = ..., rollouts: _Optional[_Iterable[_Union[Rollout, _Mapping]]] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., golden_answer: _Optional[str] = ...) -> None: ...

class RewardStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
