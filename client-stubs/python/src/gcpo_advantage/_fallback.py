# SPDX-License-Identifier: Apache-2.0
"""What takes the place of an answer where ``on_failure`` says so: said aloud, never by default."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from gcpo_advantage import local
from gcpo_advantage._columns import doubles
from gcpo_advantage._plan import Session
from gcpo_advantage._settings import OnFailure
from gcpo_advantage._values import Values
from gcpo_advantage.errors import (
    AdvantageError,
    DeadlineExceededError,
    InvalidAnswerError,
    ServerError,
    UnavailableError,
)
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.results import GroupResult
from gcpo_advantage.rewards import RewardStatistics

_LOG = logging.getLogger("gcpo_advantage")
# What the caller sent is not to blame, so that another day the same call would have an answer.
_COVERED = (UnavailableError, DeadlineExceededError, ServerError, InvalidAnswerError)


def covers(on_failure: OnFailure, failure: AdvantageError | None) -> bool:
    """Whether something is to take the place of what failed."""
    return on_failure != "raise" and isinstance(failure, _COVERED)


def in_place_of(
    groups: Sequence[RolloutGroup],
    on_failure: OnFailure,
    failure: AdvantageError,
    session: Session,
) -> list[GroupResult]:
    """Results that the client makes itself; logs a warning and counts the groups."""
    so_far = session.fall_back(len(groups))
    _LOG.warning(
        "%d groups have %s in place of an answer (%d since the client was made): %s",
        len(groups),
        on_failure,
        so_far,
        failure,
    )
    make = _grpo if on_failure == "local_grpo" else _zeros
    return [GroupResult(group, None, make(group), None, on_failure) for group in groups]


def _grpo(group: RolloutGroup) -> Values:
    rewards = _rewards(group)
    advantages = local.grpo(rewards)
    included = np.isfinite(rewards)
    valid = int(included.sum())
    if advantages.any():
        signal = "ok"
    elif valid > 1:
        signal = "zero_variance"
    else:
        signal = "too_few_valid" if valid else "all_excluded"
    return Values.alone(
        advantages, included, RewardStatistics.of(rewards[included]), signal, {"estimator": "grpo"}
    )


def _zeros(group: RolloutGroup) -> Values:
    n = len(group)
    return Values.alone(
        np.zeros(n), np.zeros(n, np.bool_), RewardStatistics.of(np.empty(0)), "no_answer", {}
    )


def _rewards(group: RolloutGroup) -> local.FloatArray:
    return doubles(f"group {group.group_id}: rewards", group.rewards).reshape(len(group))
