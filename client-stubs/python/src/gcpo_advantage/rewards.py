# SPDX-License-Identifier: Apache-2.0
"""Of a group's rewards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2


@dataclass(frozen=True)
class RewardStatistics:
    """Of the rollouts whose reward counts; all 0 where there is none.

    Attributes:
        count: how many, m.
        correct: how many are above 0.
        mean: arithmetic mean.
        standard_deviation: of the sample (divisor m - 1); 0 where m is 1.
        min: smallest.
        max: largest.
    """

    count: int
    correct: int
    mean: float
    standard_deviation: float
    min: float
    max: float

    @classmethod
    def of(cls, rewards: npt.NDArray[np.float64]) -> RewardStatistics:
        """Of rewards [m] that all count."""
        m = rewards.size
        if not m:
            return cls(0, 0, 0.0, 0.0, 0.0, 0.0)
        return cls(
            m,
            int((rewards > 0).sum()),
            float(rewards.mean()),
            float(rewards.std(ddof=1)) if m > 1 else 0.0,
            float(rewards.min()),
            float(rewards.max()),
        )

    @classmethod
    def from_message(cls, message: result_pb2.RewardStatistics) -> RewardStatistics:
        """Reads the message."""
        return cls(
            message.count,
            message.correct,
            message.mean,
            message.standard_deviation,
            message.min,
            message.max,
        )
