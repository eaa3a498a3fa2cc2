# SPDX-License-Identifier: Apache-2.0
"""What a group's result holds, read from its message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gcpo_advantage._config import to_dict
from gcpo_advantage._enums import enum_name
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage._rollout_columns import Booleans, Doubles, Integers, RolloutColumns
from gcpo_advantage.diversity import GroupDiversity
from gcpo_advantage.gold import GoldResult
from gcpo_advantage.kernel import KernelReport
from gcpo_advantage.rewards import RewardStatistics

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
    config_sha256: bytes

    @classmethod
    def from_message(cls, message: result_pb2.GroupAdvantages, columns: RolloutColumns) -> Values:
        """Reads a checked message, whose rollouts are read already."""
        has_credit = message.HasField("team_value")
        method = enum_name(_ENUMS["CreditMethod"], message.credit_method)
        return cls(
            advantages=columns.advantages,
            credits=columns.credits.values if has_credit else None,
            scaled_credits=columns.scaled_credits.values if has_credit else None,
            credit_standard_errors=(
                columns.credit_standard_errors.values if method == "sampled" else None
            ),
            included=columns.included,
            tokens=columns.tokens,
            truncated_tokens=columns.truncated_tokens,
            nearest_correct=columns.nearest_correct.filled(-1),
            nearest_similarity=columns.nearest_similarity.filled(np.nan),
            importance_ratios=columns.importance_ratios.filled(np.nan),
            clipped=columns.clipped.values,
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
                _matrix(message.similarity_f64_le, len(columns.advantages))
                if message.HasField("similarity_f64_le")
                else None
            ),
            signal=enum_name(_ENUMS["GroupSignal"], message.signal),
            keep=message.keep,
            centered=message.centered,
            batch_groups=message.batch_groups,
            config=to_dict(message.config),
            config_sha256=message.config_sha256,
        )

    @classmethod
    def alone(
        cls,
        advantages: Doubles,
        included: Booleans,
        rewards: RewardStatistics,
        signal: str,
        config: dict[str, Any],
    ) -> Values:
        """Of a group that the client computed itself, from rewards alone."""
        n = len(advantages)
        return cls(
            advantages=advantages,
            credits=None,
            scaled_credits=None,
            credit_standard_errors=None,
            included=included,
            tokens=np.zeros(n, np.int64),
            truncated_tokens=np.zeros(n, np.int64),
            nearest_correct=np.full(n, -1),
            nearest_similarity=np.full(n, np.nan),
            importance_ratios=np.full(n, np.nan),
            clipped=np.zeros(n, np.bool_),
            team_value=None,
            credit_method=None,
            credit_samples=0,
            credit_standard_error=0.0,
            rewards=rewards,
            diversity=None,
            gold=None,
            kernel=None,
            similarity=None,
            signal=signal,
            keep=bool(advantages.any()),
            centered=True,
            batch_groups=0,
            config=config,
            config_sha256=b"",
        )


def _matrix(values: bytes, n: int) -> Doubles:
    return np.frombuffer(values, dtype="<f8").astype(np.float64).reshape(n, n)
