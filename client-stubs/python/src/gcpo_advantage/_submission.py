# SPDX-License-Identifier: Apache-2.0
"""Texts on their way to the server, for whose arrival nobody waits."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from typing import Any, TypeVar

import grpc

from gcpo_advantage._channel import LazyChannels
from gcpo_advantage._plan import Call, Plan
from gcpo_advantage.retry import Attempts, RetryPolicy

_T = TypeVar("_T")


def start(
    plan: Plan[_T], channels: LazyChannels, policy: RetryPolicy, deadline: float
) -> Future[_T]:
    """Carries out a plan of at most one call; returns at once.

    Raises:
        ValueError: what the plan raises before its call.
    """
    future: Future[_T] = Future()
    try:
        (call,) = next(plan)
    except StopIteration as end:
        future.set_result(end.value)
        return future
    attempts = Attempts(policy, deadline, call.positions)
    submission = _Submission(plan, call, channels, attempts, future)
    future.add_done_callback(submission.ended)
    submission.send()
    return future


class _Submission:
    """One call and its attempts; a failed one is followed by the next from a timer."""

    def __init__(
        self,
        plan: Plan[Any],
        call: Call,
        channels: LazyChannels,
        attempts: Attempts,
        future: Future[Any],
    ) -> None:
        self._plan = plan
        self._call = call
        self._channels = channels
        self._attempts = attempts
        self._future = future
        self._flying: grpc.Future | None = None

    def ended(self, future: Future[Any]) -> None:
        if not future.cancelled():
            return
        # Else ``concurrent.futures.wait`` would not see that it was cancelled.
        future.set_running_or_notify_cancel()
        flying = self._flying
        if flying is not None:
            flying.cancel()

    def send(self) -> None:
        if self._future.cancelled():
            return
        try:
            flying = self._channels.start(self._call, self._attempts.remaining())
        except Exception as failure:  # from a timer: whoever waits must hear of it
            self._settle(failure)
            return
        self._flying = flying
        if self._future.cancelled():
            flying.cancel()  # between the two lines above
        flying.add_done_callback(self._receive)

    def _receive(self, flying: grpc.Future) -> None:
        try:
            answers: Sequence[Any] = [flying.result()]
        except grpc.FutureCancelledError:
            return  # the future was cancelled
        except grpc.RpcError as failure:
            self._send_again(failure)
            return
        try:
            self._plan.send(answers)
        except StopIteration as end:
            self._settle(None, end.value)
        except Exception as failure:  # whoever waits must hear of it
            self._settle(failure)

    def _send_again(self, failure: grpc.RpcError) -> None:
        try:
            self._channels.timers().after(self._attempts.pause(failure), self.send)
        except Exception as error:  # whoever waits must hear of it
            self._settle(error)

    def _settle(self, failure: Exception | None, value: object = None) -> None:
        # Where it was cancelled meanwhile, nobody waits any longer.
        with contextlib.suppress(InvalidStateError):
            if failure is None:
                self._future.set_result(value)
            else:
                self._future.set_exception(failure)
