# SPDX-License-Identifier: Apache-2.0
"""A stream whose caller waits for the next result."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import Any

import grpc

from gcpo_advantage._channel import LazyChannels
from gcpo_advantage._stream import MAX_UNANSWERED, Request, StreamState
from gcpo_advantage.errors import DeadlineExceededError, InvalidAnswerError
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import Attempts, RetryPolicy


class BlockingStream:
    """One stream, over as many attempts as it takes; its results are read once.

    One thread reads the caller's groups, gRPC's own thread takes them to be sent, and a third ends
    the attempt when an answer is overdue. All of them look at the state under one lock.
    """

    def __init__(
        self, state: StreamState, channels: LazyChannels, policy: RetryPolicy, timeout: float
    ) -> None:
        """Nothing is read or sent yet; the timeout is for each answer, in seconds."""
        self._state = state
        self._channels = channels
        self._policy = policy
        self._timeout = timeout
        self._changed = threading.Condition()
        self._source_ended = False
        self._source_failure: BaseException | None = None
        self._attempt: object | None = None
        self._call: Any = None
        self._waiting_since: float | None = None
        self._overdue = False
        self._over = False

    def results(self, groups: Iterable[RolloutGroup]) -> Iterator[GroupResult]:
        """The results, as they come."""
        threading.Thread(target=self._read, args=(groups,), daemon=True).start()
        attempts: Attempts | None = None
        try:
            while self._wait_for_groups():
                try:
                    with closing(self._answers()) as answers:
                        for result in answers:
                            attempts = None
                            yield result
                except grpc.RpcError as failure:
                    if self._over:
                        return
                    # Its time runs from the last answer on.
                    attempts = attempts or Attempts(self._policy, time.monotonic() + self._timeout)
                    self._wait(attempts.pause(failure))
            if self._source_failure is not None:
                raise self._source_failure
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def end(self) -> None:
        """Ends the results and the stream, from any thread."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
            call = self._call
        if call is not None:
            call.cancel()

    def _wait(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)

    def _wait_for_groups(self) -> bool:
        """Whether there is a group to be sent; waits for one as long as there may be."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._state) or self._source_ended or self._over)
            return len(self._state) > 0 and not self._over

    def _answers(self) -> Generator[GroupResult, None, None]:
        attempt = object()
        with self._changed:
            self._attempt = attempt
            self._state.start_again(time.monotonic())
        call = self._channels.start_stream(self._requests(attempt))
        threading.Thread(target=self._watch, args=(attempt, call), daemon=True).start()
        try:
            with self._changed:
                self._call = call
                if self._over:
                    return
            while True:
                answer = self._next(call)
                if answer is None:
                    break
                with self._changed:
                    result = self._state.receive(answer, time.monotonic())
                    self._changed.notify_all()
                if result is not None:
                    yield result
            with self._changed:
                if not self._state.only_lost:
                    raise InvalidAnswerError(
                        f"stream: ended, {len(self._state)} groups without an answer (expected: 0)"
                    )
        finally:
            with self._changed:
                self._attempt = self._call = None
                self._changed.notify_all()
            call.cancel()

    def _next(self, call: Any) -> Any:  # noqa: ANN401
        """The next answer; None at the end."""
        with self._changed:
            self._waiting_since = time.monotonic()
            self._changed.notify_all()
        try:
            return next(call, None)
        except grpc.RpcError as failure:
            if self._overdue:
                raise DeadlineExceededError(
                    f"stream: a group without an answer for {self._timeout} s"
                ) from failure
            raise
        finally:
            with self._changed:
                self._waiting_since = None

    def _read(self, groups: Iterable[RolloutGroup]) -> None:
        """Takes the caller's groups, no more than may be on their way."""
        try:
            for group in groups:
                with self._changed:
                    self._changed.wait_for(lambda: len(self._state) < MAX_UNANSWERED or self._over)
                    if self._over:
                        return
                    self._state.add(group, time.monotonic())
                    self._changed.notify_all()
        except BaseException as failure:  # the caller must hear of it, after the results it has
            self._source_failure = failure
        finally:
            with self._changed:
                self._source_ended = True
                self._changed.notify_all()

    def _requests(self, attempt: object) -> Iterator[Request]:
        """What gRPC sends: the header, then groups as they come."""
        yield self._state.header()
        while True:
            with self._changed:
                request = None
                while self._attempt is attempt:
                    request = self._state.next_request(time.monotonic())
                    resend = self._state.next_resend()
                    if request is not None or (self._source_ended and resend is None):
                        break
                    self._changed.wait(
                        None if resend is None else max(0, resend - time.monotonic())
                    )
                self._changed.notify_all()
            if request is None:
                return
            yield request

    def _watch(self, attempt: object, call: grpc.Call) -> None:
        """Ends the attempt when the caller has waited too long for an answer."""
        with self._changed:
            while self._attempt is attempt:
                oldest, since = self._state.oldest(), self._waiting_since
                if oldest is None or since is None:
                    self._changed.wait()
                    continue
                left = max(oldest, since) + self._timeout - time.monotonic()
                if left <= 0:
                    self._overdue = True
                    break
                self._changed.wait(left)
        if self._overdue:
            call.cancel()
