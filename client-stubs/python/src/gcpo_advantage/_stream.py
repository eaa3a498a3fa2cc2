# SPDX-License-Identifier: Apache-2.0
"""What a stream has sent and what it still waits for, without the waiting."""

from __future__ import annotations

from dataclasses import dataclass

from gcpo_advantage import _check, results
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, rollout_pb2
from gcpo_advantage.errors import InvalidAnswerError
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import AnswerOrigin, ModelIdentity
from gcpo_advantage.results import GroupResult

MAX_UNANSWERED = 256
"""Groups that are on their way at a time."""

Request = advantage_service_pb2.StreamAdvantagesRequest


@dataclass
class Unanswered:
    """A group that waits for its answer.

    Attributes:
        group: as the caller gave it.
        message: as it is sent.
        since: when it could be sent first in this attempt, by the monotonic clock. Not when gRPC
            took it: that may be never, where no connection opens.
        sent: whether it was, in this attempt.
    """

    group: RolloutGroup
    message: rollout_pb2.RolloutGroup
    since: float
    sent: bool = False


class StreamState:
    """The groups of one stream over all its attempts. Not thread-safe."""

    def __init__(self, header: advantage_service_pb2.ComputeAdvantagesRequest) -> None:
        """No group yet; the header is that of a ``compute``."""
        self._header = header
        self._unanswered: dict[str, Unanswered] = {}
        self._seen: set[str] = set()

    def __len__(self) -> int:
        """How many groups wait for their answers."""
        return len(self._unanswered)

    def header(self) -> Request:
        """What every attempt sends first."""
        header = self._header
        return Request(
            header=advantage_service_pb2.StreamHeader(
                request_id=header.request_id,
                expected_model_fingerprint=header.expected_model_fingerprint,
                config=header.config,
                output=header.output,
                model=header.model,
            )
        )

    def add(self, group: RolloutGroup, now: float) -> None:
        """Takes a group that is to be sent.

        Raises:
            ValueError: a group that cannot be sent, or whose id another has had.
        """
        if group.group_id in self._seen:
            raise ValueError(f"group_id: {group.group_id!r} twice (expected: distinct ids)")
        message = group.to_message()
        self._unanswered[group.group_id] = Unanswered(group, message, now)
        self._seen.add(group.group_id)

    def start_again(self, now: float) -> None:
        """Before another attempt: all that has no answer is to be sent once more."""
        for unanswered in self._unanswered.values():
            unanswered.since = now
            unanswered.sent = False

    def next_request(self) -> Request | None:
        """The next group to be sent; None where all that there are have been."""
        for unanswered in self._unanswered.values():
            if not unanswered.sent:
                unanswered.sent = True
                return Request(group=unanswered.message)
        return None

    def oldest(self) -> float | None:
        """Since when the group waits that waits longest; None where none does."""
        return min((each.since for each in self._unanswered.values()), default=None)

    def receive(self, answer: advantage_service_pb2.StreamAdvantagesResponse) -> GroupResult:
        """The result of a group, once.

        Raises:
            InvalidAnswerError: an answer to no group that waits, or one that does not fit.
        """
        group_id = answer.result.group_id
        unanswered = self._unanswered.get(group_id)
        if unanswered is None or not unanswered.sent:
            raise InvalidAnswerError(f"group_id: {group_id!r} (expected: one without an answer)")
        columns = _check.check_stream(self._header, unanswered.message, answer)
        del self._unanswered[group_id]
        model = ModelIdentity.from_message(answer.model)
        origin = AnswerOrigin.from_message(answer.origin)
        return results.from_message(answer.result, unanswered.group, model, origin, columns, ())
