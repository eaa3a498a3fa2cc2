# SPDX-License-Identifier: Apache-2.0
"""One step of a TRL trainer: from its scored completions to advantages."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage.adapters._trl_texts import completion_text, whole_text
from gcpo_advantage.client import AdvantageClient

_logger = logging.getLogger(__name__)

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RankRows:
    """The rows of one rank, b of them. Picklable.

    Attributes:
        texts: [b] what the policy wrote.
        tokens: [b] how many tokens it generated.
        golden: [b] golden answers; None where there is none. None: no column was named.
        prompts: [b]; None where the kernel does not look at them.
    """

    texts: list[str]
    tokens: list[int]
    golden: list[str | None] | None
    prompts: list[str] | None


@dataclass(frozen=True)
class StepAdvantages:
    """What one call gave. Picklable.

    Attributes:
        advantages: [B] of all ranks, in their order.
        metrics: means over the groups, and ``seconds``, how long the ranks waited for the call.
    """

    advantages: FloatArray
    metrics: dict[str, float]


def rank_rows(
    inputs: Sequence[Mapping[str, Any]],
    prompts: Sequence[Any] | None,
    completions: Sequence[Any],
    completion_ids: Sequence[Sequence[int]],
    golden_column: str | None,
) -> RankRows:
    """What a rank brings.

    Args:
        inputs: [b] rows of the dataset.
        prompts: [b] texts or messages; None: they are not sent.
        completions: [b] texts or messages.
        completion_ids: [b] the tokens of each.
        golden_column: the column of ``inputs`` with golden answers, texts or messages.

    Raises:
        ValueError: rows without the column.
        TypeError: something that is neither text nor messages.
    """
    golden: list[str | None] | None = None
    if golden_column is not None:
        if any(golden_column not in row for row in inputs):
            raise ValueError(
                f"golden_column: {golden_column!r} (expected: a column of the dataset,"
                f" {', '.join(sorted(inputs[0]))}; remove_unused_columns may have taken it)"
            )
        answers = [row[golden_column] for row in inputs]
        golden = [None if a is None else whole_text(golden_column, a) for a in answers]
    return RankRows(
        texts=[completion_text(each) for each in completions],
        tokens=[len(ids) for ids in completion_ids],
        golden=golden,
        prompts=None if prompts is None else [whole_text("prompt", each) for each in prompts],
    )


def compute_step(
    client: AdvantageClient,
    config: Mapping[str, Any],
    ranks: Sequence[RankRows],
    rewards: FloatArray,
    components: Mapping[str, FloatArray] | None,
    group_size: int,
) -> StepAdvantages:
    """Asks the service.

    TRL repeats each prompt ``group_size`` times in the order of all ranks together, so a row's
    group is its position there; a group may lie on two ranks.

    Args:
        client: of the service.
        config: of the advantages.
        ranks: the rows of all ranks, in their order.
        rewards: [B] of all ranks; NaN where unscorable.
        components: each [B], the rewards by function; None where the estimator takes the sum.
        group_size: rollouts of one prompt.

    Raises:
        AdvantageError: as ``AdvantageClient.compute_flat``.
        ValueError: rows that are no whole groups.
    """
    texts = [text for rank in ranks for text in rank.texts]
    if len(texts) != len(rewards) or len(texts) % group_size:
        raise ValueError(
            f"batch: {len(texts)} completions, {len(rewards)} rewards"
            f" (expected: equally many, a multiple of {group_size})"
        )
    golden = _first_rows([rank.golden for rank in ranks], group_size)
    if golden is not None and not any(golden.values()):
        _logger.warning("golden: none in %d groups (expected: some, by golden_column)", len(golden))
    begun = time.monotonic()
    flat = client.compute_flat(
        rewards,
        [row // group_size for row in range(len(texts))],
        texts,
        golden=golden,
        prompts=_first_rows([rank.prompts for rank in ranks], group_size),
        generated_tokens=[count for rank in ranks for count in rank.tokens],
        reward_components=components,
        config=config,
    )
    return StepAdvantages(flat.advantages, {**flat.metrics(), "seconds": time.monotonic() - begun})


def _first_rows(
    columns: Sequence[Sequence[str | None] | None], group_size: int
) -> dict[int, str | None] | None:
    """The value of each group's first row; the rows of a group come from one row of the dataset."""
    rows = [value for column in columns if column is not None for value in column]
    return dict(enumerate(rows[::group_size])) or None
