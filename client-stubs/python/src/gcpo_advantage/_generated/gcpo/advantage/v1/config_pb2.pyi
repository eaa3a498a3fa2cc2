from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
ESTIMATOR_GCPO_COOPERATIVE: Estimator
ESTIMATOR_GRPO: Estimator
ESTIMATOR_UNSPECIFIED: Estimator
KERNEL_EMBEDDING_COSINE: Kernel
KERNEL_UNSPECIFIED: Kernel
NORMALIZATION_CENTERED: Normalization
NORMALIZATION_STD: Normalization
NORMALIZATION_UNSPECIFIED: Normalization
TRUNCATION_POLICY_CHUNK_MEAN: TruncationPolicy
TRUNCATION_POLICY_ERROR: TruncationPolicy
TRUNCATION_POLICY_KEEP_HEAD: TruncationPolicy
TRUNCATION_POLICY_KEEP_TAIL: TruncationPolicy
TRUNCATION_POLICY_UNSPECIFIED: TruncationPolicy

class AdvantageConfig(_message.Message):
    __slots__ = ["alpha", "epsilon", "estimator", "exact_limit", "kernel", "normalization", "reward_exponent", "tie_tolerance", "truncation_policy"]
    ALPHA_FIELD_NUMBER: _ClassVar[int]
    EPSILON_FIELD_NUMBER: _ClassVar[int]
    ESTIMATOR_FIELD_NUMBER: _ClassVar[int]
    EXACT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    KERNEL_FIELD_NUMBER: _ClassVar[int]
    NORMALIZATION_FIELD_NUMBER: _ClassVar[int]
    REWARD_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    TIE_TOLERANCE_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    alpha: float
    epsilon: float
    estimator: Estimator
    exact_limit: int
    kernel: Kernel
    normalization: Normalization
    reward_exponent: float
    tie_tolerance: float
    truncation_policy: TruncationPolicy
    def __init__(self, estimator: _Optional[_Union[Estimator, str]] = ..., kernel: _Optional[_Union[Kernel, str]] = ..., alpha: _Optional[float] = ..., reward_exponent: _Optional[float] = ..., exact_limit: _Optional[int] = ..., normalization: _Optional[_Union[Normalization, str]] = ..., epsilon: _Optional[float] = ..., tie_tolerance: _Optional[float] = ..., truncation_policy: _Optional[_Union[TruncationPolicy, str]] = ...) -> None: ...

class Estimator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Kernel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Normalization(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class TruncationPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
