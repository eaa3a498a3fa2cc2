# SPDX-License-Identifier: Apache-2.0
"""Carries out plans on an event loop."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import grpc
import grpc.aio

from gcpo_advantage._channel import channel_options
from gcpo_advantage._plan import Call, Plan
from gcpo_advantage._settings import ClientSettings
from gcpo_advantage._stub import Stub
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.retry import Attempts

_T = TypeVar("_T")


class AsyncChannels:
    """The channels of one event loop, made when first asked for; anew on another loop."""

    def __init__(self, settings: ClientSettings) -> None:
        """Remembers the settings; connects to nothing."""
        self._settings = settings
        self._owner: tuple[int, asyncio.AbstractEventLoop] | None = None
        self._channels: list[grpc.aio.Channel] = []
        self._stubs: Iterator[Stub] = iter(())
        self._closed = False

    def stub(self) -> Stub:
        """The methods of the service, over one of the loop's channels, each in its turn.

        Raises:
            RuntimeError: after :meth:`close`, or without a running loop.
            ValueError: a file of TLS cannot be read.
        """
        if self._closed:
            raise RuntimeError("client: closed (expected: open)")
        owner = (os.getpid(), asyncio.get_running_loop())
        if self._owner != owner:
            # Channels of another loop are of no use here, nor can they be closed here.
            self._owner = owner
            self._channels = [self._open() for _ in range(self._settings.connections)]
            metadata = self._settings.metadata()
            self._stubs = itertools.cycle([Stub(channel, metadata) for channel in self._channels])
        return next(self._stubs)

    async def close(self) -> None:
        """Closes the channels; calls in flight end as cancelled."""
        self._closed = True
        for channel in self._channels:
            await channel.close()

    def _open(self) -> grpc.aio.Channel:
        options = channel_options(self._settings)
        tls = self._settings.tls
        if tls is None:
            return grpc.aio.insecure_channel(self._settings.target, options=options)
        return grpc.aio.secure_channel(self._settings.target, tls.credentials(), options=options)


async def carry_out(
    plan: Plan[_T], channels: AsyncChannels, settings: ClientSettings, deadline: float
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


async def _answers(
    calls: Sequence[Call], channels: AsyncChannels, settings: ClientSettings, deadline: float
) -> list[Any]:
    turns = asyncio.Semaphore(settings.connections)

    async def answer(call: Call) -> Any:  # noqa: ANN401
        async with turns:
            attempts = Attempts(settings.retry, deadline, call.positions)
            while True:
                stub = channels.stub()
                method = getattr(stub, call.method)
                try:
                    return await method(
                        call.request, timeout=attempts.remaining(), metadata=stub.metadata
                    )
                except grpc.RpcError as failure:
                    await asyncio.sleep(attempts.pause(failure))

    tasks = [asyncio.ensure_future(answer(call)) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        # After a failure of one of them, or a cancel of the caller's.
        for task in tasks:
            task.cancel()
