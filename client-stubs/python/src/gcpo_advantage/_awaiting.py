# SPDX-License-Identifier: Apache-2.0
"""Carries out plans on an event loop.

Over the channels of the blocking client, whose calls tell a loop when they have ended. gRPC's own
asyncio loses the answers and the status of a stream where a write fails, hangs in a forked process
and takes one loop only.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import grpc

from gcpo_advantage._channel import LazyChannels
from gcpo_advantage._plan import Call, Plan
from gcpo_advantage._settings import ClientSettings
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.retry import Attempts

_T = TypeVar("_T")


async def carry_out(
    plan: Plan[_T], channels: LazyChannels, settings: ClientSettings, deadline: float
) -> _T:
    """What the plan returns; the deadline is by ``time.monotonic``.

    Raises:
        AdvantageError: a call failed, or what else the plan raises.
    """
    try:
        calls = next(plan)
        while True:
            try:
                answers = await _answers(calls, channels, settings, deadline)
            except AdvantageError as failure:
                calls = plan.throw(failure)
            else:
                calls = plan.send(answers)
    except StopIteration as end:
        returned: _T = end.value
        return returned
    finally:
        plan.close()


def call_in(loop: asyncio.AbstractEventLoop, function: Callable[[], object]) -> None:
    """Calls a function in a loop, from any thread; nothing where the loop has been closed."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function)


async def _answers(
    calls: Sequence[Call], channels: LazyChannels, settings: ClientSettings, deadline: float
) -> list[Any]:
    turns = asyncio.Semaphore(settings.connections)

    async def answer(call: Call) -> Any:  # noqa: ANN401
        async with turns:
            attempts = Attempts(settings.retry, deadline, call.positions)
            await asyncio.sleep(call.delay)
            while True:
                try:
                    return await _answer(channels.start(call, attempts.remaining()))
                except grpc.RpcError as failure:
                    await asyncio.sleep(attempts.pause(failure))

    tasks = [asyncio.ensure_future(answer(call)) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        # After a failure of one of them, or a cancel of the caller's.
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _answer(flying: grpc.Future) -> Any:  # noqa: ANN401
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    flying.add_done_callback(lambda _: call_in(loop, ended.set))
    try:
        await ended.wait()
    finally:
        flying.cancel()  # where the caller was cancelled; an ended call stays as it is
    return flying.result()
