# SPDX-License-Identifier: Apache-2.0
"""Groups that fail alone, and for the moment: which of them are sent again."""

from __future__ import annotations

from collections.abc import Sequence

from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import MAX_LOSSES

# Reasons of a server that has not begun with the group: no group is to blame for these.
_NO_ROOM = ("QUEUE_FULL", "DRAINING")


def is_momentary(error: AdvantageError | None) -> bool:
    """Whether another attempt may well succeed."""
    return error is not None and error.code == "UNAVAILABLE"


def is_loss(error: AdvantageError | None) -> bool:
    """Whether the model was lost on the group, perhaps by its fault.

    Also where a reason is unknown or missing: what is not bounded may cost a server its workers.
    """
    return error is not None and is_momentary(error) and error.reason not in _NO_ROOM


class Losses:
    """How often the model was lost on each group of a call."""

    def __init__(self, groups: int) -> None:
        """Not once yet."""
        self._times = [0] * groups

    def came(self, positions: Sequence[int], results: Sequence[GroupResult]) -> None:
        """Learns the answers to the groups at these positions."""
        for i, result in zip(positions, results, strict=True):
            self._times[i] += is_loss(result.error)

    def allowed(self) -> list[int]:
        """The positions of all groups that may be sent once more."""
        return [i for i, times in enumerate(self._times) if times < MAX_LOSSES]
