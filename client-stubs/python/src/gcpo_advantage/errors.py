# SPDX-License-Identifier: Apache-2.0
"""Typed errors: a class for each decision a caller may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcpo_advantage.results import GroupResult


@dataclass(frozen=True)
class FieldViolation:
    """One field that is wrong.

    Attributes:
        field: its path in the request, for example ``groups[3].rollouts[1].reward``.
        description: what is wrong with it and what was expected.
    """

    field: str
    description: str


class AdvantageError(Exception):
    """Any failure of a call, or of one group of it. Picklable.

    Attributes:
        code: the gRPC status code's name, for example ``"INVALID_ARGUMENT"``; None where the client
            itself found the failure.
        reason: the server's stable reason, for example ``"QUEUE_FULL"``; None where it gave none.
        violations: the bad fields, for bad input.
        group_id: the group that failed; None where the whole call did.
        results: all results of the call, those of good groups included, where one group's failure
            was raised; None otherwise.
        retry_delay: seconds the server asks to wait; None where it does not ask.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        reason: str | None = None,
        violations: Sequence[FieldViolation] = (),
        group_id: str | None = None,
        retry_delay: float | None = None,
    ) -> None:
        """Makes an error with what is known of its cause."""
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.violations = tuple(violations)
        self.group_id = group_id
        self.retry_delay = retry_delay
        self.results: list[GroupResult] | None = None


class InvalidRequestError(AdvantageError):
    """The input is wrong; repeating it is pointless."""


class RequestTooLargeError(InvalidRequestError):
    """One message is over a limit and cannot be split any further."""


class PreconditionError(AdvantageError):
    """The server is not what the request expects, for example another model."""


class AuthenticationError(AdvantageError):
    """The server does not know the token, or takes no such call from its owner."""


class UnavailableError(AdvantageError):
    """The server cannot be reached, is overloaded or stops; repeating later is safe."""


class QuotaExceededError(UnavailableError):
    """The client whose token it is has used up its quota for longer than the call had time.

    The server's own memory is not at its end: others are answered. ``retry_delay`` says when there
    is room again.
    """


class DeadlineExceededError(AdvantageError, TimeoutError):
    """The call did not end in its time."""


class ServerError(AdvantageError):
    """A defect of the server."""


class InvalidAnswerError(AdvantageError):
    """The answer does not fit the question; nothing of it was used."""
