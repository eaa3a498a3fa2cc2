# SPDX-License-Identifier: Apache-2.0
"""Texts on their way to the server, for whose arrival nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
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
    _Submission(plan, call, channels, attempts, future).send()
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

    def send(self) -> None:
        if self._future.cancelled():
            return
        try:
            stub = self._channels.stub()
            flying = getattr(stub, self._call.method).future(
                self._call.request, timeout=self._attempts.remaining(), metadata=stub.metadata
            )
        except Exception as failure:  # from a timer: whoever waits must hear of it
            self._fail(failure)
            return
        self._future.add_done_callback(lambda done: flying.cancel() if done.cancelled() else None)
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
            if self._future.set_running_or_notify_cancel():
                self._future.set_result(end.value)
        except Exception as failure:  # whoever waits must hear of it
            self._fail(failure)

    def _send_again(self, failure: grpc.RpcError) -> None:
        try:
            timer = threading.Timer(self._attempts.pause(failure), self.send)
        except Exception as error:  # whoever waits must hear of it
            self._fail(error)
            return
        timer.daemon = True
        timer.start()

    def _fail(self, failure: Exception) -> None:
        if self._future.set_running_or_notify_cancel():
            self._future.set_exception(failure)
