from . import config_pb2 as _config_pb2
from google.rpc import status_pb2 as _status_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

CREDIT_METHOD_EXACT: CreditMethod
CREDIT_METHOD_MATRIX_LOG: CreditMethod
CREDIT_METHOD_SAMPLED: CreditMethod
CREDIT_METHOD_UNSPECIFIED: CreditMethod
DESCRIPTOR: _descriptor.FileDescriptor
GOLD_OUTCOME_NOT_TRIGGERED: GoldOutcome
GOLD_OUTCOME_NO_GOLDEN_ANSWER: GoldOutcome
GOLD_OUTCOME_REPLACED: GoldOutcome
GOLD_OUTCOME_UNSPECIFIED: GoldOutcome
GROUP_SIGNAL_ALL_EXCLUDED: GroupSignal
GROUP_SIGNAL_OK: GroupSignal
GROUP_SIGNAL_TOO_FEW_VALID: GroupSignal
GROUP_SIGNAL_UNSPECIFIED: GroupSignal
GROUP_SIGNAL_ZERO_VARIANCE: GroupSignal

class DiversityMetrics(_message.Message):
    __slots__ = ["cluster_entropy", "clusters", "count", "distinct", "distinct_1", "distinct_2", "distinct_3", "effective_count", "effective_rank", "log_det_volume", "max_pairwise_distance", "mean_pairwise_distance", "min_pairwise_distance", "self_bleu", "unique_text_ratio", "vendi_score", "vendi_score_order_half", "vendi_score_order_infinity", "vendi_score_order_two"]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_ENTROPY_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_1_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_2_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_3_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_RANK_FIELD_NUMBER: _ClassVar[int]
    LOG_DET_VOLUME_FIELD_NUMBER: _ClassVar[int]
    MAX_PAIRWISE_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    MEAN_PAIRWISE_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    MIN_PAIRWISE_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    SELF_BLEU_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_TEXT_RATIO_FIELD_NUMBER: _ClassVar[int]
    VENDI_SCORE_FIELD_NUMBER: _ClassVar[int]
    VENDI_SCORE_ORDER_HALF_FIELD_NUMBER: _ClassVar[int]
    VENDI_SCORE_ORDER_INFINITY_FIELD_NUMBER: _ClassVar[int]
    VENDI_SCORE_ORDER_TWO_FIELD_NUMBER: _ClassVar[int]
    cluster_entropy: float
    clusters: int
    count: int
    distinct: int
    distinct_1: float
    distinct_2: float
    distinct_3: float
    effective_count: float
    effective_rank: float
    log_det_volume: float
    max_pairwise_distance: float
    mean_pairwise_distance: float
    min_pairwise_distance: float
    self_bleu: float
    unique_text_ratio: float
    vendi_score: float
    vendi_score_order_half: float
    vendi_score_order_infinity: float
    vendi_score_order_two: float
    def __init__(self, count: _Optional[int] = ..., vendi_score: _Optional[float] = ..., mean_pairwise_distance: _Optional[float] = ..., effective_count: _Optional[float] = ..., distinct: _Optional[int] = ..., vendi_score_order_half: _Optional[float] = ..., vendi_score_order_two: _Optional[float] = ..., vendi_score_order_infinity: _Optional[float] = ..., log_det_volume: _Optional[float] = ..., min_pairwise_distance: _Optional[float] = ..., max_pairwise_distance: _Optional[float] = ..., effective_rank: _Optional[float] = ..., clusters: _Optional[int] = ..., cluster_entropy: _Optional[float] = ..., distinct_1: _Optional[float] = ..., distinct_2: _Optional[float] = ..., distinct_3: _Optional[float] = ..., self_bleu: _Optional[float] = ..., unique_text_ratio: _Optional[float] = ...) -> None: ...

class GoldResult(_message.Message):
    __slots__ = ["advantage", "clipped", "credit", "importance_ratio", "outcome", "replaced_index", "replaced_rollout_id", "scaled_credit"]
    ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    CLIPPED_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_RATIO_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REPLACED_INDEX_FIELD_NUMBER: _ClassVar[int]
    REPLACED_ROLLOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SCALED_CREDIT_FIELD_NUMBER: _ClassVar[int]
    advantage: float
    clipped: bool
    credit: float
    importance_ratio: float
    outcome: GoldOutcome
    replaced_index: int
    replaced_rollout_id: str
    scaled_credit: float
    def __init__(self, outcome: _Optional[_Union[GoldOutcome, str]] = ..., replaced_index: _Optional[int] = ..., replaced_rollout_id: _Optional[str] = ..., advantage: _Optional[float] = ..., credit: _Optional[float] = ..., scaled_credit: _Optional[float] = ..., importance_ratio: _Optional[float] = ..., clipped: bool = ...) -> None: ...

class GroupAdvantages(_message.Message):
    __slots__ = ["batch_groups", "centered", "config", "config_sha256", "credit_method", "credit_samples", "credit_standard_error", "diversity", "gold", "input_sha256", "keep", "kernel", "rewards", "rollouts", "signal", "similarity_f64_le", "team_value"]
    BATCH_GROUPS_FIELD_NUMBER: _ClassVar[int]
    CENTERED_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    CONFIG_SHA256_FIELD_NUMBER: _ClassVar[int]
    CREDIT_METHOD_FIELD_NUMBER: _ClassVar[int]
    CREDIT_SAMPLES_FIELD_NUMBER: _ClassVar[int]
    CREDIT_STANDARD_ERROR_FIELD_NUMBER: _ClassVar[int]
    DIVERSITY_FIELD_NUMBER: _ClassVar[int]
    GOLD_FIELD_NUMBER: _ClassVar[int]
    INPUT_SHA256_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    KERNEL_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    ROLLOUTS_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_F64_LE_FIELD_NUMBER: _ClassVar[int]
    TEAM_VALUE_FIELD_NUMBER: _ClassVar[int]
    batch_groups: int
    centered: bool
    config: _config_pb2.AdvantageConfig
    config_sha256: bytes
    credit_method: CreditMethod
    credit_samples: int
    credit_standard_error: float
    diversity: GroupDiversity
    gold: GoldResult
    input_sha256: bytes
    keep: bool
    kernel: KernelReport
    rewards: RewardStatistics
    rollouts: _containers.RepeatedCompositeFieldContainer[RolloutAdvantage]
    signal: GroupSignal
    similarity_f64_le: bytes
    team_value: float
    def __init__(self, rollouts: _Optional[_Iterable[_Union[RolloutAdvantage, _Mapping]]] = ..., rewards: _Optional[_Union[RewardStatistics, _Mapping]] = ..., diversity: _Optional[_Union[GroupDiversity, _Mapping]] = ..., signal: _Optional[_Union[GroupSignal, str]] = ..., centered: bool = ..., team_value: _Optional[float] = ..., credit_method: _Optional[_Union[CreditMethod, str]] = ..., config: _Optional[_Union[_config_pb2.AdvantageConfig, _Mapping]] = ..., keep: bool = ..., credit_samples: _Optional[int] = ..., credit_standard_error: _Optional[float] = ..., gold: _Optional[_Union[GoldResult, _Mapping]] = ..., batch_groups: _Optional[int] = ..., kernel: _Optional[_Union[KernelReport, _Mapping]] = ..., similarity_f64_le: _Optional[bytes] = ..., input_sha256: _Optional[bytes] = ..., config_sha256: _Optional[bytes] = ...) -> None: ...

class GroupDiversity(_message.Message):
    __slots__ = ["all", "correct", "pass_at_k"]
    ALL_FIELD_NUMBER: _ClassVar[int]
    CORRECT_FIELD_NUMBER: _ClassVar[int]
    PASS_AT_K_FIELD_NUMBER: _ClassVar[int]
    all: DiversityMetrics
    correct: DiversityMetrics
    pass_at_k: _containers.RepeatedCompositeFieldContainer[PassAtK]
    def __init__(self, all: _Optional[_Union[DiversityMetrics, _Mapping]] = ..., correct: _Optional[_Union[DiversityMetrics, _Mapping]] = ..., pass_at_k: _Optional[_Iterable[_Union[PassAtK, _Mapping]]] = ...) -> None: ...

class GroupResult(_message.Message):
    __slots__ = ["advantages", "error", "group_id"]
    ADVANTAGES_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    advantages: GroupAdvantages
    error: _status_pb2.Status
    group_id: str
    def __init__(self, group_id: _Optional[str] = ..., advantages: _Optional[_Union[GroupAdvantages, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class KernelReport(_message.Message):
    __slots__ = ["median_similarity", "temperature"]
    MEDIAN_SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    TEMPERATURE_FIELD_NUMBER: _ClassVar[int]
    median_similarity: float
    temperature: float
    def __init__(self, median_similarity: _Optional[float] = ..., temperature: _Optional[float] = ...) -> None: ...

class PassAtK(_message.Message):
    __slots__ = ["k", "value"]
    K_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    k: int
    value: float
    def __init__(self, k: _Optional[int] = ..., value: _Optional[float] = ...) -> None: ...

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
    __slots__ = ["advantage", "clipped", "credit", "credit_standard_error", "importance_ratio", "included", "nearest_correct_index", "nearest_correct_similarity", "rollout_id", "scaled_credit", "tokens", "truncated_tokens"]
    ADVANTAGE_FIELD_NUMBER: _ClassVar[int]
    CLIPPED_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_STANDARD_ERROR_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_RATIO_FIELD_NUMBER: _ClassVar[int]
    INCLUDED_FIELD_NUMBER: _ClassVar[int]
    NEAREST_CORRECT_INDEX_FIELD_NUMBER: _ClassVar[int]
    NEAREST_CORRECT_SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SCALED_CREDIT_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    advantage: float
    clipped: bool
    credit: float
    credit_standard_error: float
    importance_ratio: float
    included: bool
    nearest_correct_index: int
    nearest_correct_similarity: float
    rollout_id: str
    scaled_credit: float
    tokens: int
    truncated_tokens: int
    def __init__(self, rollout_id: _Optional[str] = ..., advantage: _Optional[float] = ..., credit: _Optional[float] = ..., scaled_credit: _Optional[float] = ..., included: bool = ..., tokens: _Optional[int] = ..., truncated_tokens: _Optional[int] = ..., nearest_correct_index: _Optional[int] = ..., nearest_correct_similarity: _Optional[float] = ..., credit_standard_error: _Optional[float] = ..., importance_ratio: _Optional[float] = ..., clipped: bool = ...) -> None: ...

class GoldOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class GroupSignal(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class CreditMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
