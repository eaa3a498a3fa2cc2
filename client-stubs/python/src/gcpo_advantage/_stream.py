# SPDX-License-Identifier: Apache-2.0
"""What a stream has sent and what it still waits for, without the waiting."""

from __future__ import annotations

from dataclasses import dataclass

from gcpo_advantage import _check, results
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, rollout_pb2
from gcpo_advantage._lost_groups import is_loss, is_momentary
from gcpo_advantage.errors import AdvantageError, InvalidAnswerError
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import AnswerOrigin, ModelIdentity
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import MAX_LOSSES, Attempts, RetryPolicy

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
        resend: when it is sent again after it failed alone, as ``since``.
        attempts: of such a group.
        losses: how often the model was lost on it.
    """

    group: RolloutGroup
    message: rollout_pb2.RolloutGroup
    since: float
    sent: bool = False
    resend: float = 0.0
    attempts: Attempts | None = None
    losses: int = 0


class StreamState:
    """The groups of one stream over all its attempts. Not thread-safe."""

    def __init__(
        self,
        header: advantage_service_pb2.ComputeAdvantagesRequest,
        policy: RetryPolicy,
        timeout: float,
    ) -> None:
        """No group yet.

        Args:
            header: that of a ``compute``.
            policy: when groups that failed alone are sent again.
            timeout: for each answer, in seconds.
        """
        self._header = header
        self._policy = policy
        self._timeout = timeout
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
            unanswered.since = max(now, unanswered.resend)
            unanswered.sent = False

    def next_request(self, now: float) -> Request | None:
        """The next group to be sent; None where there is none now."""
        for unanswered in self._unanswered.values():
            if not unanswered.sent and unanswered.resend <= now:
                unanswered.sent = True
                return Request(group=unanswered.message)
        return None

    def next_resend(self) -> float | None:
        """When a group is to be sent; None where all that there are have been."""
        return min(
            (each.resend for each in self._unanswered.values() if not each.sent), default=None
        )

    @property
    def only_lost(self) -> bool:
        """Whether all groups without an answer failed and are yet to be sent again."""
        return all(each.attempts and not each.sent for each in self._unanswered.values())

    def oldest(self) -> float | None:
        """Since when the group waits that waits longest; None where none does."""
        return min((each.since for each in self._unanswered.values()), default=None)

    def receive(
        self, answer: advantage_service_pb2.StreamAdvantagesResponse, now: float
    ) -> GroupResult | None:
        """The result of a group, once; None where it failed for the moment and is sent again.

        Raises:
            InvalidAnswerError: an answer to no group that waits, or one that does not fit.
        """
        group_id = answer.result.group_id
        unanswered = self._unanswered.get(group_id)
        if unanswered is None or not unanswered.sent:
            raise InvalidAnswerError(f"group_id: {group_id!r} (expected: one without an answer)")
        columns = _check.check_stream(self._header, unanswered.message, answer)
        model = ModelIdentity.from_message(answer.model)
        origin = AnswerOrigin.from_message(answer.origin)
        result = results.from_message(answer.result, unanswered.group, model, origin, columns, ())
        pause = self._pause(unanswered, result.error)
        if pause is None:
            del self._unanswered[group_id]
            return result
        unanswered.since = unanswered.resend = now + pause
        unanswered.sent = False
        return None

    def _pause(self, unanswered: Unanswered, error: AdvantageError | None) -> float | None:
        """Seconds until a group is sent again; None where its result stands."""
        if error is None or not is_momentary(error):
            return None
        unanswered.losses += is_loss(error)
        if unanswered.losses >= MAX_LOSSES:
            return None
        # Its time runs from when it was sent first.
        unanswered.attempts = unanswered.attempts or Attempts(
            self._policy, unanswered.since + self._timeout
        )
        return unanswered.attempts.pause_for_groups([error])
