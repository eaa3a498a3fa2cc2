# SPDX-License-Identifier: Apache-2.0
"""What a group's result holds, read from its message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage._config import to_dict
from gcpo_advantage._enums import enum_name
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage.diversity import GroupDiversity
from gcpo_advantage.gold import GoldResult
from gcpo_advantage.kernel import KernelReport
from gcpo_advantage.rewards import RewardStatistics

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

_ENUMS = result_pb2.DESCRIPTOR.enum_types_by_name


@dataclass(frozen=True, eq=False)
class Values:
    """The values behind the properties of a result, which say what they are."""

    advantages: Doubles
    credits: Doubles | None
    scaled_credits: Doubles | None
    credit_standard_errors: Doubles | None
    included: Booleans
    tokens: Integers
    truncated_tokens: Integers
    nearest_correct: Integers
    nearest_similarity: Doubles
    importance_ratios: Doubles
    clipped: Booleans
    team_value: float | None
    credit_method: str | None
    credit_samples: int
    credit_standard_error: float
    rewards: RewardStatistics
    diversity: GroupDiversity | None
    gold: GoldResult | None
    kernel: KernelReport | None
    similarity: Doubles | None
    signal: str
    keep: bool
    centered: bool
    batch_groups: int
    config: dict[str, Any]

    @classmethod
    def from_message(cls, message: result_pb2.GroupAdvantages) -> Values:
        """Reads a checked message."""
        rollouts = message.rollouts
        has_credit = message.HasField("team_value")
        method = enum_name(_ENUMS["CreditMethod"], message.credit_method)
        return cls(
            advantages=np.array([r.advantage for r in rollouts], dtype=np.float64),
            credits=_doubles(rollouts, "credit") if has_credit else None,
            scaled_credits=_doubles(rollouts, "scaled_credit") if has_credit else None,
            credit_standard_errors=(
                _doubles(rollouts, "credit_standard_error") if method == "sampled" else None
            ),
            included=np.array([r.included for r in rollouts], dtype=np.bool_),
            tokens=np.array([r.tokens for r in rollouts], dtype=np.int64),
            truncated_tokens=np.array([r.truncated_tokens for r in rollouts], dtype=np.int64),
            nearest_correct=np.array(
                [
                    r.nearest_correct_index if r.HasField("nearest_correct_index") else -1
                    for r in rollouts
                ],
                dtype=np.int64,
            ),
            nearest_similarity=_doubles(rollouts, "nearest_correct_similarity"),
            importance_ratios=_doubles(rollouts, "importance_ratio"),
            clipped=np.array([r.clipped for r in rollouts], dtype=np.bool_),
            team_value=message.team_value if has_credit else None,
            credit_method=method if has_credit else None,
            credit_samples=message.credit_samples,
            credit_standard_error=message.credit_standard_error,
            rewards=RewardStatistics.from_message(message.rewards),
            diversity=(
                GroupDiversity.from_message(message.diversity)
                if message.HasField("diversity")
                else None
            ),
            gold=GoldResult.from_message(message.gold) if message.HasField("gold") else None,
            kernel=(
                KernelReport.from_message(message.kernel) if message.HasField("kernel") else None
            ),
            similarity=(
                _matrix(message.similarity_f64_le, len(rollouts))
                if message.HasField("similarity_f64_le")
                else None
            ),
            signal=enum_name(_ENUMS["GroupSignal"], message.signal),
            keep=message.keep,
            centered=message.centered,
            batch_groups=message.batch_groups,
            config=to_dict(message.config),
        )


def _matrix(values: bytes, n: int) -> Doubles:
    return np.frombuffer(values, dtype="<f8").astype(np.float64).reshape(n, n)


def _doubles(rollouts: Iterable[result_pb2.RolloutAdvantage], name: str) -> Doubles:
    """An optional field of every rollout, [n]; NaN where it is absent."""
    return np.array(
        [getattr(r, name) if r.HasField(name) else np.nan for r in rollouts], dtype=np.float64
    )
