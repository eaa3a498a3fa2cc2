# SPDX-License-Identifier: Apache-2.0
"""From the scored completions of all ranks to the rows of a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import FloatArray, Rows
from gcpo_advantage.adapters._texts import completion_text, golden_column, whole_text

_T = TypeVar("_T")


@dataclass(frozen=True)
class RankRows:
    """The rows of one rank, b of them. Picklable.

    Attributes:
        texts: [b] what the policy wrote.
        tokens: [b] how many tokens it generated.
        golden: [b] golden answers; None where there is none. None: none is wanted.
        prompts: [b]; None: none is wanted.
    """

    texts: list[str]
    tokens: list[int]
    golden: list[str | None] | None
    prompts: list[str] | None


def rank_rows(
    inputs: Sequence[Mapping[str, Any]],
    prompts: Sequence[Any],
    completions: Sequence[Any],
    completion_ids: Sequence[Sequence[int]],
    settings: AdapterSettings,
) -> RankRows:
    """What a rank brings.

    Args:
        inputs: [b] rows of the dataset.
        prompts: [b] texts or messages.
        completions: [b] texts or messages.
        completion_ids: [b] the tokens of each.
        settings: what of it is wanted.

    Raises:
        ValueError: rows without the column of the golden answers that are wanted.
        TypeError: something that is neither text nor messages.
    """
    column = settings.golden_field.partition(".")[0]
    if settings.wants_golden and any(column not in row for row in inputs):
        raise ValueError(
            f"golden_field: {settings.golden_field} (expected: a column of the dataset,"
            f" {', '.join(sorted(inputs[0]))}; remove_unused_columns may have taken it)"
        )
    wanted = prompts if settings.wants_prompts else None
    return RankRows(
        texts=[completion_text(each) for each in completions],
        tokens=[len(ids) for ids in completion_ids],
        golden=golden_column(settings, inputs),
        prompts=None if wanted is None else [whole_text("prompt", each) for each in wanted],
    )


def all_rows(
    ranks: Sequence[RankRows],
    rewards: FloatArray,
    components: Mapping[str, FloatArray] | None,
    group_size: int,
) -> Rows:
    """The rows of all ranks.

    TRL repeats each prompt ``group_size`` times in the order of all ranks together, so a row's
    group is its position there; a group may lie on two ranks.

    Args:
        ranks: the rows of all ranks, in their order.
        rewards: [B] of all ranks; NaN where unscorable.
        components: each [B], the rewards by function; None where the estimator takes the sum.
        group_size: rollouts of one prompt.

    Raises:
        ValueError: rows that are no whole groups.
    """
    texts = list(chain.from_iterable(rank.texts for rank in ranks))
    if len(texts) != len(rewards) or len(texts) % group_size:
        raise ValueError(
            f"batch: {len(texts)} completions, {len(rewards)} rewards"
            f" (expected: equally many, a multiple of {group_size})"
        )
    return Rows(
        rewards=rewards,
        group_ids=[row // group_size for row in range(len(texts))],
        texts=texts,
        generated_tokens=list(chain.from_iterable(rank.tokens for rank in ranks)),
        golden=_together(rank.golden for rank in ranks),
        prompts=_together(rank.prompts for rank in ranks),
        reward_components=components,
    )


def _together(columns: Iterable[list[_T] | None]) -> list[_T] | None:
    """None where no rank has the column: all have the same settings."""
    return [value for column in columns if column for value in column] or None
