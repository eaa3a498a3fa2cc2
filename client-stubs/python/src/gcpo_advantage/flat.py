# SPDX-License-Identifier: Apache-2.0
"""Advantages of a whole batch as a trainer has it: one row for each sample, groups by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gcpo_advantage._metrics import step_metrics
from gcpo_advantage.results import GroupResult

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FlatResult:
    """The answer to ``compute_flat``, in the caller's order of N rows.

    Attributes:
        advantages: [N] finite; exactly 0 where ``included`` is False.
        included: [N] whether the row's reward counted.
        credits: [N] shares of their groups' team value; None where a group has no team credit.
        row_group: [N] position in ``results`` of the row's group.
        row_rollout: [N] position of the row's rollout in its group.
        results: one for each group, in the order of their first rows.
    """

    advantages: FloatArray
    included: npt.NDArray[np.bool_]
    credits: FloatArray | None
    row_group: npt.NDArray[np.int64]
    row_rollout: npt.NDArray[np.int64]
    results: Sequence[GroupResult]

    @classmethod
    def of(
        cls,
        results: Sequence[GroupResult],
        row_group: npt.NDArray[np.int64],
        row_rollout: npt.NDArray[np.int64],
    ) -> FlatResult:
        """Spreads the groups' results over the rows; every group must have one.

        Raises:
            AdvantageError: of the first group that failed.
        """
        sizes = [len(result.advantages) for result in results]
        first = np.cumsum([0, *sizes])[:-1]
        place = first[row_group] + row_rollout
        shares = [result.credits for result in results]
        have_credit = bool(shares) and all(each is not None for each in shares)
        return cls(
            advantages=np.concatenate([np.empty(0), *(each.advantages for each in results)])[place],
            included=np.concatenate([np.empty(0, np.bool_), *(each.included for each in results)])[
                place
            ],
            credits=(
                np.concatenate([each for each in shares if each is not None])[place]
                if have_credit
                else None
            ),
            row_group=row_group,
            row_rollout=row_rollout,
            results=results,
        )

    @property
    def fallback(self) -> str | None:
        """What took the place of an answer, in some group at least: as ``GroupResult.fallback``."""
        return next((each.fallback for each in self.results if each.fallback is not None), None)

    def metrics(self) -> dict[str, float]:
        """What a trainer logs of this step: means over the groups; what no group has is left out.

        ``groups``, ``failed_groups``, ``fallback_groups``: how many. In [0, 1]: ``kept_share`` of
        groups that train anything; ``golden_share`` of those with ``gold`` where the golden answer
        took a place; ``included_share`` of rollouts whose reward counted; ``correct_share`` of
        these; ``truncated_share`` of tokens that no embedding saw. Within a group: ``reward_mean``,
        ``reward_std`` and, of the scaled credits, ``credit_std``; ``vendi_score`` and ``distance``
        (mean pairwise) of all rollouts, ``vendi_score_correct`` and ``distance_correct`` of the
        correct ones; ``median_similarity`` of correct pairs, before the temperature.
        """
        return step_metrics(self.results)
