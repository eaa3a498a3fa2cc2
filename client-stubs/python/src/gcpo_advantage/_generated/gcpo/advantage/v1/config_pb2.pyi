from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

ALLOCATION_BANZHAF: Allocation
ALLOCATION_LEAVE_ONE_OUT: Allocation
ALLOCATION_MATRIX_LOG: Allocation
ALLOCATION_SHAPLEY: Allocation
ALLOCATION_UNSPECIFIED: Allocation
DESCRIPTOR: _descriptor.FileDescriptor
ESTIMATOR_CUE_GRPO: Estimator
ESTIMATOR_DARLING: Estimator
ESTIMATOR_DRA_GRPO: Estimator
ESTIMATOR_DR_GRPO: Estimator
ESTIMATOR_GCPO_COOPERATIVE: Estimator
ESTIMATOR_GCPO_GOLD: Estimator
ESTIMATOR_GDPO: Estimator
ESTIMATOR_GPG: Estimator
ESTIMATOR_GRPO: Estimator
ESTIMATOR_GRPO_PASSK: Estimator
ESTIMATOR_MAXRL: Estimator
ESTIMATOR_MMR_GRPO: Estimator
ESTIMATOR_OPO: Estimator
ESTIMATOR_PASS_AT_K_TRAINING: Estimator
ESTIMATOR_PKPO: Estimator
ESTIMATOR_REINFORCE_PLUS_PLUS: Estimator
ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE: Estimator
ESTIMATOR_REMAX: Estimator
ESTIMATOR_RLOO: Estimator
ESTIMATOR_UNIQUENESS_AWARE: Estimator
ESTIMATOR_UNSPECIFIED: Estimator
GRPO_PROFILE_MS_SWIFT: GrpoProfile
GRPO_PROFILE_NEMO_RL: GrpoProfile
GRPO_PROFILE_OPENRLHF: GrpoProfile
GRPO_PROFILE_PRIME_RL: GrpoProfile
GRPO_PROFILE_SKYRL: GrpoProfile
GRPO_PROFILE_SLIME: GrpoProfile
GRPO_PROFILE_TEXTBOOK: GrpoProfile
GRPO_PROFILE_TRL: GrpoProfile
GRPO_PROFILE_UNSPECIFIED: GrpoProfile
GRPO_PROFILE_VERL: GrpoProfile
KERNEL_CALIBRATION_GROUP_MEDIAN: KernelCalibration
KERNEL_CALIBRATION_NONE: KernelCalibration
KERNEL_CALIBRATION_UNSPECIFIED: KernelCalibration
KERNEL_CLUSTER: Kernel
KERNEL_CODE: Kernel
KERNEL_EMBEDDING_COSINE: Kernel
KERNEL_EMBEDDING_ONLY: Kernel
KERNEL_EMBEDDING_RBF: Kernel
KERNEL_GENERAL: Kernel
KERNEL_LEXICAL: Kernel
KERNEL_MATH: Kernel
KERNEL_PRECOMPUTED: Kernel
KERNEL_PROMPT_RESIDUAL: Kernel
KERNEL_STEPS: Kernel
KERNEL_UNSPECIFIED: Kernel
NORMALIZATION_CENTERED: Normalization
NORMALIZATION_LEAVE_ONE_OUT: Normalization
NORMALIZATION_LEAVE_ONE_OUT_STD: Normalization
NORMALIZATION_MIX: Normalization
NORMALIZATION_RAW: Normalization
NORMALIZATION_SIGN_SAFE: Normalization
NORMALIZATION_STD: Normalization
NORMALIZATION_UNSPECIFIED: Normalization
PKPO_VARIANT_LEAVE_ONE_OUT_MINUS_ONE: PkpoVariant
PKPO_VARIANT_PLAIN: PkpoVariant
PKPO_VARIANT_UNSPECIFIED: PkpoVariant
REPLACEMENT_LAST: Replacement
REPLACEMENT_LONGEST: Replacement
REPLACEMENT_LOWEST_LOG_PROB: Replacement
REPLACEMENT_RANDOM: Replacement
REPLACEMENT_UNSPECIFIED: Replacement
SINGLETON_REWARD: Singleton
SINGLETON_UNSPECIFIED: Singleton
SINGLETON_ZERO: Singleton
STEP_KIND_AUTO: StepKind
STEP_KIND_CODE: StepKind
STEP_KIND_MATH: StepKind
STEP_KIND_SENTENCES: StepKind
STEP_KIND_UNSPECIFIED: StepKind
TRUNCATION_POLICY_CHUNK_MEAN: TruncationPolicy
TRUNCATION_POLICY_ERROR: TruncationPolicy
TRUNCATION_POLICY_KEEP_HEAD: TruncationPolicy
TRUNCATION_POLICY_KEEP_TAIL: TruncationPolicy
TRUNCATION_POLICY_UNSPECIFIED: TruncationPolicy
VOLUME_DET: Volume
VOLUME_LOGDET: Volume
VOLUME_UNSPECIFIED: Volume
WEIGHTING_ROLLOUTS: Weighting
WEIGHTING_TOKENS: Weighting
WEIGHTING_UNSPECIFIED: Weighting
WHITENING_OPENRLHF: Whitening
WHITENING_UNSPECIFIED: Whitening
WHITENING_VERL: Whitening

class AdvantageConfig(_message.Message):
    __slots__ = ["allocation", "alpha", "cluster_exponent", "cluster_threshold", "component_weights", "composite_kernel", "diversity_floor", "epsilon", "error_budget", "estimator", "exact_limit", "gold", "importance", "k", "kernel", "kernel_calibration", "kernel_temperature", "max_samples", "mix_lambda", "mmr_lambda", "normalization", "pkpo_variant", "profile", "reward_exponent", "seed", "singleton", "tie_tolerance", "truncation_policy", "volume", "weighting", "whitening"]
    class ComponentWeightsEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    ALPHA_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    COMPONENT_WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    COMPOSITE_KERNEL_FIELD_NUMBER: _ClassVar[int]
    DIVERSITY_FLOOR_FIELD_NUMBER: _ClassVar[int]
    EPSILON_FIELD_NUMBER: _ClassVar[int]
    ERROR_BUDGET_FIELD_NUMBER: _ClassVar[int]
    ESTIMATOR_FIELD_NUMBER: _ClassVar[int]
    EXACT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    GOLD_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    KERNEL_CALIBRATION_FIELD_NUMBER: _ClassVar[int]
    KERNEL_FIELD_NUMBER: _ClassVar[int]
    KERNEL_TEMPERATURE_FIELD_NUMBER: _ClassVar[int]
    K_FIELD_NUMBER: _ClassVar[int]
    MAX_SAMPLES_FIELD_NUMBER: _ClassVar[int]
    MIX_LAMBDA_FIELD_NUMBER: _ClassVar[int]
    MMR_LAMBDA_FIELD_NUMBER: _ClassVar[int]
    NORMALIZATION_FIELD_NUMBER: _ClassVar[int]
    PKPO_VARIANT_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    REWARD_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SINGLETON_FIELD_NUMBER: _ClassVar[int]
    TIE_TOLERANCE_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    WEIGHTING_FIELD_NUMBER: _ClassVar[int]
    WHITENING_FIELD_NUMBER: _ClassVar[int]
    allocation: Allocation
    alpha: float
    cluster_exponent: float
    cluster_threshold: float
    component_weights: _containers.ScalarMap[str, float]
    composite_kernel: CompositeKernel
    diversity_floor: float
    epsilon: float
    error_budget: float
    estimator: Estimator
    exact_limit: int
    gold: GoldConfig
    importance: ImportanceConfig
    k: int
    kernel: Kernel
    kernel_calibration: KernelCalibration
    kernel_temperature: float
    max_samples: int
    mix_lambda: float
    mmr_lambda: float
    normalization: Normalization
    pkpo_variant: PkpoVariant
    profile: GrpoProfile
    reward_exponent: float
    seed: int
    singleton: Singleton
    tie_tolerance: float
    truncation_policy: TruncationPolicy
    volume: Volume
    weighting: Weighting
    whitening: Whitening
    def __init__(self, estimator: _Optional[_Union[Estimator, str]] = ..., kernel: _Optional[_Union[Kernel, str]] = ..., alpha: _Optional[float] = ..., reward_exponent: _Optional[float] = ..., exact_limit: _Optional[int] = ..., normalization: _Optional[_Union[Normalization, str]] = ..., epsilon: _Optional[float] = ..., tie_tolerance: _Optional[float] = ..., truncation_policy: _Optional[_Union[TruncationPolicy, str]] = ..., volume: _Optional[_Union[Volume, str]] = ..., allocation: _Optional[_Union[Allocation, str]] = ..., error_budget: _Optional[float] = ..., max_samples: _Optional[int] = ..., seed: _Optional[int] = ..., mix_lambda: _Optional[float] = ..., profile: _Optional[_Union[GrpoProfile, str]] = ..., singleton: _Optional[_Union[Singleton, str]] = ..., k: _Optional[int] = ..., pkpo_variant: _Optional[_Union[PkpoVariant, str]] = ..., mmr_lambda: _Optional[float] = ..., cluster_threshold: _Optional[float] = ..., cluster_exponent: _Optional[float] = ..., diversity_floor: _Optional[float] = ..., whitening: _Optional[_Union[Whitening, str]] = ..., weighting: _Optional[_Union[Weighting, str]] = ..., component_weights: _Optional[_Mapping[str, float]] = ..., gold: _Optional[_Union[GoldConfig, _Mapping]] = ..., importance: _Optional[_Union[ImportanceConfig, _Mapping]] = ..., composite_kernel: _Optional[_Union[CompositeKernel, _Mapping]] = ..., kernel_temperature: _Optional[float] = ..., kernel_calibration: _Optional[_Union[KernelCalibration, str]] = ...) -> None: ...

class CompositeKernel(_message.Message):
    __slots__ = ["lexical", "named", "power", "product", "steps", "sum", "tempered"]
    LEXICAL_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    POWER_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    SUM_FIELD_NUMBER: _ClassVar[int]
    TEMPERED_FIELD_NUMBER: _ClassVar[int]
    lexical: LexicalKernel
    named: Kernel
    power: KernelPower
    product: KernelProduct
    steps: StepsKernel
    sum: KernelSum
    tempered: TemperedKernel
    def __init__(self, named: _Optional[_Union[Kernel, str]] = ..., lexical: _Optional[_Union[LexicalKernel, _Mapping]] = ..., steps: _Optional[_Union[StepsKernel, _Mapping]] = ..., product: _Optional[_Union[KernelProduct, _Mapping]] = ..., sum: _Optional[_Union[KernelSum, _Mapping]] = ..., power: _Optional[_Union[KernelPower, _Mapping]] = ..., tempered: _Optional[_Union[TemperedKernel, _Mapping]] = ...) -> None: ...

class GoldConfig(_message.Message):
    __slots__ = ["replacement", "reward", "seed", "threshold"]
    REPLACEMENT_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    replacement: Replacement
    reward: float
    seed: int
    threshold: float
    def __init__(self, threshold: _Optional[float] = ..., replacement: _Optional[_Union[Replacement, str]] = ..., reward: _Optional[float] = ..., seed: _Optional[int] = ...) -> None: ...

class ImportanceConfig(_message.Message):
    __slots__ = ["clip_high", "clip_low", "max_log_ratio"]
    CLIP_HIGH_FIELD_NUMBER: _ClassVar[int]
    CLIP_LOW_FIELD_NUMBER: _ClassVar[int]
    MAX_LOG_RATIO_FIELD_NUMBER: _ClassVar[int]
    clip_high: float
    clip_low: float
    max_log_ratio: float
    def __init__(self, clip_low: _Optional[float] = ..., clip_high: _Optional[float] = ..., max_log_ratio: _Optional[float] = ...) -> None: ...

class KernelPower(_message.Message):
    __slots__ = ["base", "exponent"]
    BASE_FIELD_NUMBER: _ClassVar[int]
    EXPONENT_FIELD_NUMBER: _ClassVar[int]
    base: CompositeKernel
    exponent: int
    def __init__(self, base: _Optional[_Union[CompositeKernel, _Mapping]] = ..., exponent: _Optional[int] = ...) -> None: ...

class KernelProduct(_message.Message):
    __slots__ = ["factors"]
    FACTORS_FIELD_NUMBER: _ClassVar[int]
    factors: _containers.RepeatedCompositeFieldContainer[CompositeKernel]
    def __init__(self, factors: _Optional[_Iterable[_Union[CompositeKernel, _Mapping]]] = ...) -> None: ...

class KernelSum(_message.Message):
    __slots__ = ["terms"]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    terms: _containers.RepeatedCompositeFieldContainer[WeightedKernel]
    def __init__(self, terms: _Optional[_Iterable[_Union[WeightedKernel, _Mapping]]] = ...) -> None: ...

class LexicalKernel(_message.Message):
    __slots__ = ["order"]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: int
    def __init__(self, order: _Optional[int] = ...) -> None: ...

class StepsKernel(_message.Message):
    __slots__ = ["kind"]
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: StepKind
    def __init__(self, kind: _Optional[_Union[StepKind, str]] = ...) -> None: ...

class TemperedKernel(_message.Message):
    __slots__ = ["base", "temperature"]
    BASE_FIELD_NUMBER: _ClassVar[int]
    TEMPERATURE_FIELD_NUMBER: _ClassVar[int]
    base: CompositeKernel
    temperature: float
    def __init__(self, base: _Optional[_Union[CompositeKernel, _Mapping]] = ..., temperature: _Optional[float] = ...) -> None: ...

class WeightedKernel(_message.Message):
    __slots__ = ["kernel", "weight"]
    KERNEL_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    kernel: CompositeKernel
    weight: float
    def __init__(self, weight: _Optional[float] = ..., kernel: _Optional[_Union[CompositeKernel, _Mapping]] = ...) -> None: ...

class Estimator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Kernel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class StepKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class KernelCalibration(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Volume(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Allocation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Normalization(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class GrpoProfile(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Singleton(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class PkpoVariant(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Whitening(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Weighting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Replacement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class TruncationPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
