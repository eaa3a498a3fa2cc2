# SPDX-License-Identifier: Apache-2.0
"""One step of a trainer: rows in, an advantage for each row and what to log out."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gcpo_advantage.adapters._options import Options

FloatArray = npt.NDArray[np.float64]

METRIC_PREFIX = "advantage_service/"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Rows:
    """N rows of a batch, in the trainer's order.

    Attributes:
        rewards: [N] NaN where there is none.
        group_ids: [N] which prompt a row answers.
        texts: [N] the responses.
        generated_tokens: [N] tokens that the policy wrote, >= 0.
        rollout_ids: [N] rows of one group with equal ids are one rollout; None: each row is one.
        ranks: [N] of a rollout's rows the one with the highest rank has its text and reward; the
            last one of equals. None: its last row.
        golden: [N] golden answers, None where there is none.
        prompts: [N] the prompts.
    """

    rewards: FloatArray
    group_ids: Sequence[Hashable]
    texts: Sequence[str]
    generated_tokens: Sequence[int]
    rollout_ids: Sequence[Hashable] | None = None
    ranks: Sequence[int] | None = None
    golden: Sequence[str | None] | None = None
    prompts: Sequence[str] | None = None


def compute_step(rows: Rows, options: Options) -> tuple[FloatArray, dict[str, float]]:
    """Asks the service once for every rollout and echoes the answer to each of its rows.

    Returns:
        [N] advantages as the service gave them, never centred again, and the step's metrics by the
        names that a trainer logs.

    Raises:
        AdvantageError: the call failed and the settings do not say what to do then.
        ValueError: rows that cannot be sent.
    """
    if options.wants_golden:
        _warn_without_golden(rows)
    final, rollout_of = _rollouts(rows)
    if not len(final):
        return np.zeros(0), {}
    tokens = np.zeros(len(final), dtype=np.int64)
    np.add.at(tokens, rollout_of, np.asarray(rows.generated_tokens, dtype=np.int64))
    golden, prompts = rows.golden, rows.prompts
    result = options.client().compute_flat(
        rows.rewards[final],
        [rows.group_ids[i] for i in final],
        [rows.texts[i] for i in final],
        generated_tokens=tokens,
        golden=[golden[i] for i in final] if golden and options.wants_golden else None,
        prompts=[prompts[i] for i in final] if prompts and options.wants_prompts else None,
        config=dict(options.settings.config),
        prefetched=options.prefetched,
    )
    metrics = {f"{METRIC_PREFIX}{name}": value for name, value in result.metrics().items()}
    return result.advantages[rollout_of], metrics


def _rollouts(rows: Rows) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The final row of each rollout, and the rollout [N] of each row."""
    if rows.rollout_ids is None:
        return list(range(len(rows.texts))), np.arange(len(rows.texts))
    numbers: dict[Hashable, int] = {}
    final: list[int] = []
    rollout_of = np.empty(len(rows.texts), dtype=np.int64)
    for row, key in enumerate(zip(rows.group_ids, rows.rollout_ids, strict=True)):
        number = numbers.setdefault(key, len(numbers))
        rollout_of[row] = number
        if number == len(final):
            final.append(row)
        elif rows.ranks is None or rows.ranks[row] >= rows.ranks[final[number]]:
            final[number] = row
    return final, rollout_of


def _warn_without_golden(rows: Rows) -> None:
    golden = rows.golden or [None] * len(rows.texts)
    having = {key for key, answer in zip(rows.group_ids, golden, strict=True) if answer is not None}
    groups = len(set(rows.group_ids))
    if len(having) < groups:
        _log.warning(
            "golden: none in %d of %d groups (expected: one in each, as config.gold is set)",
            groups - len(having),
            groups,
        )
