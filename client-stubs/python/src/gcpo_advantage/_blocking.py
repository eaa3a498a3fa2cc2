# SPDX-License-Identifier: Apache-2.0
"""Carries out plans while the caller waits."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent import futures
from typing import Any, TypeVar

import grpc

from gcpo_advantage._channel import LazyChannels
from gcpo_advantage._plan import Call, Plan
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.retry import Attempts, RetryPolicy

_T = TypeVar("_T")


def carry_out(
    plan: Plan[_T], channels: LazyChannels, policy: RetryPolicy, deadline: float, side_by_side: int
) -> _T:
    """What the plan returns.

    Args:
        plan: what to do.
        channels: where to send its calls.
        policy: when to send them again.
        deadline: when to give up, by ``time.monotonic``.
        side_by_side: most calls in flight.

    Raises:
        AdvantageError: a call failed, or what else the plan raises.
    """
    try:
        calls = next(plan)
        while True:
            try:
                answers = _answers(calls, channels, policy, deadline, side_by_side)
            except AdvantageError as failure:
                calls = plan.throw(failure)
            else:
                calls = plan.send(answers)
    except StopIteration as end:
        returned: _T = end.value
        return returned
    finally:
        plan.close()


def _answers(
    calls: Sequence[Call],
    channels: LazyChannels,
    policy: RetryPolicy,
    deadline: float,
    side_by_side: int,
) -> list[Any]:
    flight = _Flight()

    def answer(call: Call) -> Any:  # noqa: ANN401
        attempts = Attempts(policy, deadline, call.positions)
        flight.wait(call.delay)
        while True:
            try:
                return flight.answer(channels, call, attempts.remaining())
            except grpc.RpcError as failure:
                flight.wait(attempts.pause(failure))

    try:
        if len(calls) == 1:
            return [answer(calls[0])]
        with futures.ThreadPoolExecutor(min(len(calls), side_by_side)) as threads:
            return _all_of([threads.submit(answer, call) for call in calls], flight)
    finally:
        flight.end()


def _all_of(pending: Sequence[futures.Future[Any]], flight: _Flight) -> list[Any]:
    """The results, or the first failure once those that it ends have ended too."""
    try:
        done, _ = futures.wait(pending, return_when=futures.FIRST_EXCEPTION)
        for each in pending:
            if each in done:
                each.result()
        return [each.result() for each in pending]
    finally:
        flight.end()


class _EndedError(Exception):
    """Another call of the flight failed; never seen by callers."""


class _Flight:
    """Calls in flight, which end together. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: set[Any] = set()
        self._ended = threading.Event()

    def answer(self, channels: LazyChannels, call: Call, timeout: float) -> Any:  # noqa: ANN401
        with self._lock:
            if self._ended.is_set():
                raise _EndedError
            flying = channels.start(call, timeout)
            self._calls.add(flying)
        try:
            return flying.result()
        except grpc.FutureCancelledError:
            # By end(): the other side's cancel is an RpcError.
            raise _EndedError from None
        finally:
            with self._lock:
                self._calls.discard(flying)

    def wait(self, seconds: float) -> None:
        """Waits, less long where the flight ends."""
        self._ended.wait(seconds)

    def end(self) -> None:
        """Cancels what is still in flight."""
        with self._lock:
            self._ended.set()
            for call in self._calls:
                call.cancel()
