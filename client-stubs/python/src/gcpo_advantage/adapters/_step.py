# SPDX-License-Identifier: Apache-2.0
"""One step of a trainer: rows in, an advantage for each row and what to log out."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gcpo_advantage._columns import Numbers
from gcpo_advantage.adapters._settings import AdapterSettings

FloatArray = npt.NDArray[np.float64]

METRIC_PREFIX = "advantage_service/"

_log = logging.getLogger(__name__)
_told: set[tuple[str, str]] = set()


@dataclass(frozen=True, eq=False)
class Rows:
    """N rows of a batch, in the trainer's order.

    Attributes:
        rewards: [N] None or NaN where there is none.
        group_ids: [N] which prompt a row answers.
        texts: [N] the responses.
        generated_tokens: [N] tokens that the policy wrote, >= 0; None where nobody knows.
        rollout_ids: [N] rows of one group with equal ids are parts of one rollout, whose last one
            has its text and reward; None: each row is one.
        golden: [N] golden answers, None where there is none; None: none is wanted.
        prompts: [N] the prompts; None: none is wanted.
        reward_components: [N] each, by the names of the reward functions, for the estimator gdpo.
    """

    rewards: Numbers
    group_ids: Sequence[Hashable]
    texts: Sequence[str]
    generated_tokens: Sequence[int | None] | None = None
    rollout_ids: Sequence[Hashable] | None = None
    golden: Sequence[str | None] | None = None
    prompts: Sequence[str] | None = None
    reward_components: Mapping[str, FloatArray] | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """What one call gave. Picklable.

    Attributes:
        advantages: [N] as the service gave them, never centred again; the same for all rows of a
            rollout.
        metrics: by the names that a trainer logs: those of ``FlatResult.metrics()``, and
            ``seconds``, how long the step waited for the call.
    """

    advantages: FloatArray
    metrics: dict[str, float]


def compute_step(rows: Rows, settings: AdapterSettings) -> Step:
    """Asks the service once; every rollout counts once, every row gets its rollout's advantage.

    Raises:
        AdvantageError: the call failed, and ``on_failure`` is ``raise``.
        ValueError: rows that cannot be sent.
    """
    client = settings.client()
    golden = _first_per_group(rows.group_ids, rows.golden)
    if golden is not None:
        _warn_without(golden, (client.target, settings.golden_field))
    begun = time.monotonic()
    flat = client.compute_flat(
        rows.rewards,
        rows.group_ids,
        rows.texts,
        rollout_ids=rows.rollout_ids,
        golden=golden,
        prompts=_first_per_group(rows.group_ids, rows.prompts),
        generated_tokens=_of_rollouts(rows),
        reward_components=rows.reward_components,
        config=settings.config,
        prefetched=settings.prefetched,
    )
    metrics = {**flat.metrics(), "seconds": time.monotonic() - begun}
    return Step(
        flat.advantages, {f"{METRIC_PREFIX}{name}": value for name, value in metrics.items()}
    )


def _of_rollouts(rows: Rows) -> Sequence[int | None] | None:
    """[N] the tokens of all rows of each row's rollout."""
    if rows.generated_tokens is None or rows.rollout_ids is None:
        return rows.generated_tokens
    rollouts = list(zip(rows.group_ids, rows.rollout_ids, strict=True))
    totals: Counter[tuple[Hashable, Hashable]] = Counter()
    for rollout, count in zip(rollouts, rows.generated_tokens, strict=True):
        if count is not None:
            totals[rollout] += count
    return [totals.get(rollout) for rollout in rollouts]


def _first_per_group(
    group_ids: Sequence[Hashable], values: Sequence[str | None] | None
) -> dict[Hashable, str | None] | None:
    """The first text of each group that has one: trainers repeat it in every row of a group."""
    if values is None:
        return None
    found: dict[Hashable, str | None] = {}
    for key, value in zip(group_ids, values, strict=True):
        found[key] = found.get(key) or value or None
    return found


def _warn_without(golden: Mapping[Hashable, str | None], source: tuple[str, str]) -> None:
    lacking = sum(answer is None for answer in golden.values())
    if lacking and source not in _told:
        _told.add(source)
        _log.warning(
            "golden_field: %s: no golden answer in %d of %d groups (expected: one in each, as the"
            " configuration asks for golden answers; this is said once)",
            source[1],
            lacking,
            len(golden),
        )
