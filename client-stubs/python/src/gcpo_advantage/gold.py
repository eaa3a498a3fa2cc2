# SPDX-License-Identifier: Apache-2.0
"""What became of a group's golden answer."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gcpo_advantage._enums import enum_name
from gcpo_advantage._fields import optional_fields
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2

_OUTCOME = result_pb2.DESCRIPTOR.enum_types_by_name["GoldOutcome"]


@dataclass(frozen=True)
class GoldResult:
    """The golden answer's part in a group.

    Attributes:
        outcome: ``replaced``: it took a rollout's place; ``not_triggered``: some rollout has a
            reward above the threshold, or none has a reward that counts; ``no_golden_answer``: the
            group brought none. All that follows is None unless ``replaced``.
        replaced_index: position in the group, in [0, n), of the rollout whose place it took; that
            rollout has ``included`` False and advantage 0.
        replaced_rollout_id: that rollout's id.
        advantage: the golden answer's own, which no entry of ``advantages`` holds; finite.
        credit: its share of ``team_value``; None without team credit.
        scaled_credit: the credit in units of a lone correct rollout of reward 1; None without team
            credit.
        importance_ratio: as in ``importance_ratios``; None without the golden answer's
            log-probabilities and tokens.
        clipped: as in ``clipped``; None with ``importance_ratio``.
    """

    outcome: str
    replaced_index: int | None
    replaced_rollout_id: str | None
    advantage: float | None
    credit: float | None
    scaled_credit: float | None
    importance_ratio: float | None
    clipped: bool | None

    @classmethod
    def from_message(cls, message: result_pb2.GoldResult) -> GoldResult:
        """Reads the message."""
        names = [field.name for field in fields(cls) if field.name != "outcome"]
        outcome = enum_name(_OUTCOME, message.outcome)
        return cls(outcome=outcome, **optional_fields(message, names))
