# SPDX-License-Identifier: Apache-2.0
"""Which calls are made again, and when.

The loop is ours: gRPC's own retries end after five attempts, and silently after none where a
message is over its buffer.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import grpc

from gcpo_advantage import _status
from gcpo_advantage.errors import AdvantageError, DeadlineExceededError, QuotaExceededError

_LOG = logging.getLogger("gcpo_advantage")
_PUSHBACK = "grpc-retry-pushback-ms"
# The server refused before any work, or went away. A call that the caller cancels never comes here.
_REPEATED = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)
MAX_LOSSES = 3
"""How often the model may be lost on a group, which is not sent again then: there may be texts on
which an engine fails every time, and each attempt costs the server a batch, or a worker."""


@dataclass(frozen=True)
class RetryPolicy:
    """Waits between the attempts of a call, all of them within its timeout.

    ``UNAVAILABLE`` (overload, restart, no connection), of a call or of single groups, a
    ``CANCELLED`` that nobody here asked for and a refusal for the client's quota are tried again,
    nothing else. Attempt k + 1 comes after initial_backoff * multiplier^(k-1) seconds, at most
    max_backoff, times a random number in [0.5, 1]; never sooner than the server asks
    (``grpc-retry-pushback-ms``, ``RetryInfo``), and not at all where that push-back is negative.

    A group that alone is ``UNAVAILABLE`` is sent at most 3 times (``retry.MAX_LOSSES``), then its
    error stands. Times that the server had no room for it (reasons ``QUEUE_FULL``, ``DRAINING``)
    do not count, nor do calls that fail as a whole.

    Attributes:
        initial_backoff: seconds, > 0.
        max_backoff: seconds, >= initial_backoff.
        multiplier: >= 1.
        max_attempts: >= 1; None: as many as the timeout allows.
    """

    initial_backoff: float = 0.2
    max_backoff: float = 5.0
    multiplier: float = 2.0
    max_attempts: int | None = None

    def __post_init__(self) -> None:
        """Checks the ranges.

        Raises:
            ValueError: a value out of its range.
        """
        for name, low in (
            ("initial_backoff", 1e-6),
            ("max_backoff", self.initial_backoff),
            ("multiplier", 1.0),
        ):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= low):
                raise ValueError(f"retry.{name}: {value} (expected: finite, >= {low})")
        if self.max_attempts is not None and self.max_attempts < 1:
            raise ValueError(f"retry.max_attempts: {self.max_attempts} (expected: >= 1)")


class Attempts:
    """The attempts of one call. Confined to one thread."""

    def __init__(
        self,
        policy: RetryPolicy,
        deadline: float,
        positions: Sequence[int] = (),
        clock: Callable[[], float] = time.monotonic,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Nothing has been tried yet.

        Args:
            policy: the waits.
            deadline: when the call must be over, by the clock.
            positions: as in :func:`gcpo_advantage._status.from_call`.
            clock: seconds.
            uniform: a random number between two.
        """
        self._policy = policy
        self._deadline = deadline
        self._positions = positions
        self._clock = clock
        self._uniform = uniform
        self._failed = 0
        self._backoff = policy.initial_backoff
        self._last: AdvantageError | None = None

    def remaining(self) -> float:
        """Seconds that the next attempt has.

        Raises:
            AdvantageError: there are none: that of the attempt before, or a DeadlineExceededError
                where there was none.
        """
        left = self._deadline - self._clock()
        if left <= 0:
            raise self._last or DeadlineExceededError("timeout: over before the request was sent")
        return left

    def pause(self, failure: grpc.RpcError) -> float:
        """Seconds to wait before the next attempt.

        Raises:
            AdvantageError: there is none: another kind of failure, or no time left.
        """
        self._failed += 1
        error = _status.from_call(failure, self._positions)
        wait = self._wait(failure, error)
        if self._failed > 1:
            error.args = (f"{error} (attempt {self._failed}{self._before(error)})",)
        self._last = error
        if wait is None or self._clock() + wait >= self._deadline:
            raise error from failure
        _LOG.log(
            logging.WARNING if self._failed == 1 else logging.INFO,
            "%s; tried again in %.1f s",
            error,
            wait,
        )
        return wait

    def pause_for_groups(self, errors: Sequence[AdvantageError]) -> float | None:
        """Seconds to wait before groups of an answer that failed are sent again.

        None where they are not: there are none, or no attempts or no time for them.
        """
        if not errors:
            return None
        self._failed += 1
        if self._was_last():
            return None
        wait = self._grown(max(error.retry_delay or 0 for error in errors))
        if self._clock() + wait >= self._deadline:
            return None
        _LOG.log(
            logging.WARNING if self._failed == 1 else logging.INFO,
            "%d groups failed, the first: %s; sent again in %.1f s",
            len(errors),
            errors[0],
            wait,
        )
        return wait

    def _before(self, error: AdvantageError) -> str:
        """What went wrong before, where a call ends otherwise: a timeout alone says nothing."""
        last = self._last
        if last is None or last.code == error.code:
            return ""
        return f"; before, {str(last.args[0]).split(' (attempt ')[0]}"

    def _wait(self, failure: grpc.RpcError, error: AdvantageError) -> float | None:
        repeated = failure.code() in _REPEATED or isinstance(error, QuotaExceededError)
        if not repeated or self._was_last():
            return None
        asked = _pushback(failure)
        if asked < 0:
            return None
        # Own waits grow where the server's do not, and differ where it tells all callers the same.
        return self._grown(max(asked, error.retry_delay or 0))

    def _was_last(self) -> bool:
        most = self._policy.max_attempts
        return most is not None and self._failed >= most

    def _grown(self, shortest: float) -> float:
        policy = self._policy
        longest = self._backoff
        self._backoff = min(policy.max_backoff, longest * policy.multiplier)
        return max(longest * self._uniform(0.5, 1), shortest)


def _pushback(failure: grpc.RpcError) -> float:
    """Seconds the server asks to wait; negative: not to come again."""
    for key, value in failure.trailing_metadata() or ():
        if key == _PUSHBACK:
            try:
                return int(value) / 1000
            except (ValueError, OverflowError):
                # As gRPC has it: what cannot be read means no.
                return -1
    return 0
