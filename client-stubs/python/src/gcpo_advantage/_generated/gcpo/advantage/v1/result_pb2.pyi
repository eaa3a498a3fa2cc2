from . import config_pb2 as _config_pb2
from google.rpc import status_pb2 as _status_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

CREDIT_METHOD_EXACT: CreditMethod
CREDIT_METHOD_MATRIX_LOG: CreditMethod
CREDIT_METHOD_UNSPECIFIED: CreditMethod
DESCRIPTOR: _descriptor.FileDescriptor
GROUP_SIGNAL_ALL_EXCLUDED: GroupSignal
GROUP_SIGNAL_OK: GroupSignal
GROUP_SIGNAL_TOO_FEW_VALID: GroupSignal
GROUP_SIGNAL_UNSPECIFIED: GroupSignal
GROUP_SIGNAL_ZERO_VARIANCE: GroupSignal

class DiversityMetrics(_message.Message):
    __slots__ = ["count", "distinct", "effective_count", "mean_pairwise_distance", "vendi_score"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    MEAN_PAIRWISE_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    VENDI_SCORE_FIELD_NUMBER: _ClassVar[int]
    count: int
    distinct: int
    effective_count: float
    mean_pairwise_distance: float
    vendi_score: float
    def __init__(self, count: _Optional[int] = ..., vendi_score: _Optional[float] = ..., mean_pairwise_distance: _Optional[float] = ..., effective_count: _Optional[float] = ..., distinct: _Optional[int] = ...) -> None: ...

class GroupAdvantages(_message.Message):
    __slots__ = ["centered", "config", "credit_method", "diversity", "rewards", "rollouts", "signal", "team_value"]
    CENTERED_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREDIT_METHOD_FIELD_NUMBER: _ClassVar[int]
    DIVERSITY_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    ROLLOUTS_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    TEAM_VALUE_FIELD_NUMBER: _ClassVar[int]
    centered: bool
    config: _config_pb2.AdvantageConfig
    credit_method: CreditMethod
    diversity: GroupDiversity
    rewards: RewardStatistics
    rollouts: _containers.RepeatedCompositeFieldContainer[RolloutAdvantage]
    signal: GroupSignal
    team_value: float
    def __init__(self, rollouts: _Optional[_Iterable[_Union[RolloutAdvantage, _Mapping]]] = ..., rewards: _Optional[_Union[RewardStatistics, _Mapping]] = ..., diversity: _Optional[_Union[GroupDiversity, _Mapping]] = ..., signal: _Optional[_Union[GroupSignal, str]] = ..., centered: bool = ..., team_value: _Optional[float] = ..., credit_method: _Optional[_Union[CreditMethod, str]] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ...) -> None: ...

class GroupDiversity(_message.Message):
    __slots__ = ["all", "correct"]
    ALL_FIELD_NUMBER: _ClassVar[int]
    CORRECT_FIELD_NUMBER: _ClassVar[int]
    all: DiversityMetrics
    correct: DiversityMetrics
    def __init__(self, all: _Optional[_Union[DiversityMetrics, _Mapping]] = ..., correct: _Optional[_Union[DiversityMetrics, _Mapping]] = ...) -> None: ...

class GroupResult(_message.Message):
    __slots__ = ["advantages", "error", "group_id"]
    ADVANTAGES_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    advantages: GroupAdvantages
    error: _status_pb2.Status
    group_id: str
    def __init__(self, group_id: _Optional[str] = ..., advantages: _Optional[_Union[GroupAdvantages, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class RewardStatistics(_message.Message):
    __slots__ = ["correct", "count", "max", "mean", "min", "standard_deviation"]
    CORRECT_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    MAX_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_NUMBER: _ClassVar[int]
    MIN_FIELD_NUMBER: _ClassVar[int]
    STANDARD_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    correct: int
    count: int
    max: float
    mean: float
    min: float
    standard_deviation: float
    def __init__(self, count: _Optional[int] = ..., correct: _Optional[int] = ..., mean: _Optional[float] = ..., standard_deviation: _Optional[float] = ..., min: _Optional[float] = ..., max: _Optional[float] = ...) -> None: ...

class RolloutAdvantage(_message.Message):
    __slots__ = ["advantage", "credit", "included", "nearest_correct_index", "nearest_correct_similarity", "rollout_id", "scaled_credit", "tokens", "truncated_tokens"]
    ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    INCLUDED_FIELD_NUMBER: _ClassVar[int]
    NEAREST_CORRECT_INDEX_FIELD_NUMBER: _ClassVar[int]
    NEAREST_CORRECT_SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SCALED_CREDIT_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    advantage: float
    credit: float
    included: bool
    nearest_correct_index: int
    nearest_correct_similarity: float
    rollout_id: str
    scaled_credit: float
    tokens: int
    truncated_tokens: int
    def __init__(self, rollout_id: _Optional[str] = ..., advantage: _Optional[float] = ..., credit: _Optional[float] = ..., scaled_credit: _Optional[float] = ..., included: bool = ..., tokens: _Optional[int] = ..., truncated_tokens: _Optional[int] = ..., nearest_correct_index: _Optional[int] = ..., nearest_correct_similarity: _Optional[float] = ...) -> None: ...

class GroupSignal(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class CreditMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
