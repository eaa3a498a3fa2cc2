# SPDX-License-Identifier: Apache-2.0
"""The rollouts of an answer as columns: read once, then checked and handed out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter, methodcaller
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Column:
    """A field of every rollout, [n], which some may lack.

    Attributes:
        values: the message's default where there is none.
        present: whether there is one.
    """

    values: npt.NDArray[Any]
    present: Booleans

    def filled(self, absent: float) -> npt.NDArray[Any]:
        """The values, and another where there is none."""
        return np.where(self.present, self.values, absent)


@dataclass(frozen=True, eq=False)
class RolloutColumns:
    """The fields of ``RolloutAdvantage``, each [n]."""

    rollout_ids: list[str]
    advantages: Doubles
    included: Booleans
    tokens: Integers
    truncated_tokens: Integers
    credits: Column
    scaled_credits: Column
    credit_standard_errors: Column
    nearest_correct: Column
    nearest_similarity: Column
    importance_ratios: Column
    clipped: Column

    @classmethod
    def of(cls, message: result_pb2.GroupAdvantages) -> RolloutColumns:
        """Reads the message, as it is."""
        rollouts = list(message.rollouts)
        return cls(
            rollout_ids=list(map(attrgetter("rollout_id"), rollouts)),
            advantages=_values(rollouts, "advantage", np.float64),
            included=_values(rollouts, "included", np.bool_),
            tokens=_values(rollouts, "tokens", np.int64),
            truncated_tokens=_values(rollouts, "truncated_tokens", np.int64),
            credits=_column(rollouts, "credit", np.float64),
            scaled_credits=_column(rollouts, "scaled_credit", np.float64),
            credit_standard_errors=_column(rollouts, "credit_standard_error", np.float64),
            nearest_correct=_column(rollouts, "nearest_correct_index", np.int64),
            nearest_similarity=_column(rollouts, "nearest_correct_similarity", np.float64),
            importance_ratios=_column(rollouts, "importance_ratio", np.float64),
            clipped=_column(rollouts, "clipped", np.bool_),
        )


def _values(rollouts: Iterable[Any], name: str, dtype: type) -> npt.NDArray[Any]:
    return np.array(list(map(attrgetter(name), rollouts)), dtype=dtype)


def _column(rollouts: Iterable[Any], name: str, dtype: type) -> Column:
    present = np.array(list(map(methodcaller("HasField", name), rollouts)), dtype=np.bool_)
    return Column(_values(rollouts, name, dtype), present)
