# SPDX-License-Identifier: Apache-2.0
"""What comes back: one result a group, arrays in the group's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage import _status
from gcpo_advantage._config import to_dict
from gcpo_advantage._enums import enum_name
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.info import ModelIdentity

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

_ENUMS = result_pb2.DESCRIPTOR.enum_types_by_name


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


@dataclass(frozen=True)
class DiversityMetrics:
    """How different n rollouts are from each other; all 0 where n is 0.

    Attributes:
        count: n.
        vendi_score: exp of the entropy of the similarity kernel's eigenvalues, in [1, n].
        mean_pairwise_distance: mean of 1 - similarity, in [0, 2].
        effective_count: how many mutually orthogonal rollouts cover as much, at most n.
        distinct: rollouts left when near-identical ones are taken for one, in [1, n].
    """

    count: int
    vendi_score: float
    mean_pairwise_distance: float
    effective_count: float
    distinct: int


@dataclass(frozen=True)
class GroupDiversity:
    """Diversity over all rollouts of a group and over its correct ones."""

    all: DiversityMetrics
    correct: DiversityMetrics


@dataclass(frozen=True, eq=False)
class _Values:
    advantages: Doubles
    credits: Doubles | None
    scaled_credits: Doubles | None
    included: Booleans
    tokens: Integers
    truncated_tokens: Integers
    nearest_correct: Integers
    nearest_similarity: Doubles
    team_value: float | None
    credit_method: str | None
    rewards: RewardStatistics
    diversity: GroupDiversity | None
    signal: str
    centered: bool
    config: dict[str, Any]


class GroupResult:
    """The answer for one group of n rollouts, or the reason why there is none. Picklable.

    Of a group that failed, every property but ``group_id``, ``error`` and ``model`` raises that
    error: a failure never passes for zeros.
    """

    __slots__ = ("_values", "error", "group_id", "model")

    def __init__(
        self,
        group_id: str,
        model: ModelIdentity,
        values: _Values | None,
        error: AdvantageError | None,
    ) -> None:
        """Made by the client; exactly one of values and error is given."""
        self.group_id = group_id
        self.model = model
        self.error = error
        self._values = values

    def raise_for_error(self) -> None:
        """Raises the group's error, if it has one."""
        if self.error is not None:
            raise self.error

    @property
    def advantages(self) -> Doubles:
        """[n] the advantages; finite, 0 where ``included`` is False."""
        return self._get().advantages

    @property
    def credits(self) -> Doubles | None:
        """[n] shares of ``team_value``, 0 for a reward of 0 or less; None without team credit."""
        return self._get().credits

    @property
    def scaled_credits(self) -> Doubles | None:
        """[n] credits in units of a lone correct rollout of reward 1; None without team credit."""
        return self._get().scaled_credits

    @property
    def included(self) -> Booleans:
        """[n] whether the reward counted."""
        return self._get().included

    @property
    def tokens(self) -> Integers:
        """[n] tokens of each text, special tokens included; 0 where none was embedded."""
        return self._get().tokens

    @property
    def truncated_tokens(self) -> Integers:
        """[n] how many of those tokens were left out of the embedding."""
        return self._get().truncated_tokens

    @property
    def nearest_correct(self) -> Integers:
        """[n] position of the most similar other correct rollout; -1 where there is none."""
        return self._get().nearest_correct

    @property
    def nearest_similarity(self) -> Doubles:
        """[n] similarity to it, in [-1, 1]; NaN where there is none."""
        return self._get().nearest_similarity

    @property
    def team_value(self) -> float | None:
        """Coverage of the whole group; the credits sum to it. None without team credit."""
        return self._get().team_value

    @property
    def credit_method(self) -> str | None:
        """How credits were computed: ``exact`` or ``matrix_log``; None without team credit."""
        return self._get().credit_method

    @property
    def rewards(self) -> RewardStatistics:
        """Of the included rollouts' rewards."""
        return self._get().rewards

    @property
    def diversity(self) -> GroupDiversity | None:
        """How different the rollouts are; None where it was switched off."""
        return self._get().diversity

    @property
    def signal(self) -> str:
        """``ok``, ``zero_variance``, ``too_few_valid`` or ``all_excluded``; only ``ok`` trains."""
        return self._get().signal

    @property
    def centered(self) -> bool:
        """Whether the included advantages sum to 0 already."""
        return self._get().centered

    @property
    def config(self) -> dict[str, Any]:
        """The configuration used, every field of the estimator filled in."""
        return self._get().config

    def __repr__(self) -> str:
        """Says what became of the group."""
        if self._values is None:
            return f"GroupResult({self.group_id!r}, error={self.error!r})"
        return f"GroupResult({self.group_id!r}, {self.signal}, advantages={self.advantages})"

    def _get(self) -> _Values:
        self.raise_for_error()
        assert self._values is not None
        return self._values


def from_message(
    message: result_pb2.GroupResult, model: ModelIdentity, first_group: int
) -> GroupResult:
    """Reads a checked message; ``first_group`` as in :func:`gcpo_advantage._status.from_call`."""
    if message.WhichOneof("outcome") == "error":
        error = _status.from_group(message.group_id, message.error, first_group)
        return GroupResult(message.group_id, model, None, error)
    return GroupResult(message.group_id, model, _values(message.advantages), None)


def _values(message: result_pb2.GroupAdvantages) -> _Values:
    rollouts = message.rollouts
    has_credit = message.HasField("team_value")
    method = enum_name(_ENUMS["CreditMethod"], message.credit_method)
    return _Values(
        advantages=np.array([r.advantage for r in rollouts], dtype=np.float64),
        credits=np.array([r.credit for r in rollouts]) if has_credit else None,
        scaled_credits=np.array([r.scaled_credit for r in rollouts]) if has_credit else None,
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
        nearest_similarity=np.array(
            [
                r.nearest_correct_similarity if r.HasField("nearest_correct_index") else np.nan
                for r in rollouts
            ]
        ),
        team_value=message.team_value if has_credit else None,
        credit_method=method if has_credit else None,
        rewards=RewardStatistics(
            message.rewards.count,
            message.rewards.correct,
            message.rewards.mean,
            message.rewards.standard_deviation,
            message.rewards.min,
            message.rewards.max,
        ),
        diversity=_diversity(message.diversity) if message.HasField("diversity") else None,
        signal=enum_name(_ENUMS["GroupSignal"], message.signal),
        centered=message.centered,
        config=to_dict(message.config),
    )


def _diversity(message: result_pb2.GroupDiversity) -> GroupDiversity:
    return GroupDiversity(_metrics(message.all), _metrics(message.correct))


def _metrics(message: result_pb2.DiversityMetrics) -> DiversityMetrics:
    return DiversityMetrics(
        message.count,
        message.vendi_score,
        message.mean_pairwise_distance,
        message.effective_count,
        message.distinct,
    )
