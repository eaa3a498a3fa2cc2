# SPDX-License-Identifier: Apache-2.0
"""Client of the advantage service: groups of rollouts in, advantages as NumPy arrays out."""

from gcpo_advantage._version import __version__
from gcpo_advantage.aio import AsyncAdvantageClient
from gcpo_advantage.client import AdvantageClient
from gcpo_advantage.diversity import DiversityMetrics, GroupDiversity
from gcpo_advantage.errors import (
    AdvantageError,
    AuthenticationError,
    DeadlineExceededError,
    FieldViolation,
    InvalidAnswerError,
    InvalidRequestError,
    PreconditionError,
    QuotaExceededError,
    RequestTooLargeError,
    ServerError,
    UnavailableError,
)
from gcpo_advantage.flat import FlatResult
from gcpo_advantage.gold import GoldResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import (
    AnswerOrigin,
    EstimatorInfo,
    Limits,
    ModelIdentity,
    ModelInfo,
    ParameterInfo,
    ServerInfo,
)
from gcpo_advantage.kernel import KernelReport, MedianTemperature
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import RetryPolicy
from gcpo_advantage.rewards import RewardStatistics
from gcpo_advantage.tls import Tls

__all__ = [
    "AdvantageClient",
    "AdvantageError",
    "AnswerOrigin",
    "AsyncAdvantageClient",
    "AuthenticationError",
    "DeadlineExceededError",
    "DiversityMetrics",
    "EstimatorInfo",
    "FieldViolation",
    "FlatResult",
    "GoldResult",
    "GroupDiversity",
    "GroupResult",
    "InvalidAnswerError",
    "InvalidRequestError",
    "KernelReport",
    "Limits",
    "MedianTemperature",
    "ModelIdentity",
    "ModelInfo",
    "ParameterInfo",
    "PreconditionError",
    "QuotaExceededError",
    "RequestTooLargeError",
    "RetryPolicy",
    "RewardStatistics",
    "RolloutGroup",
    "ServerError",
    "ServerInfo",
    "Tls",
    "UnavailableError",
    "__version__",
]
