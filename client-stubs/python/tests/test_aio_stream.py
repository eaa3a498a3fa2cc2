# SPDX-License-Identifier: Apache-2.0
"""Streams in event loops: groups from the loop, and streams that are left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import CancelledError
from typing import Any

import grpc
import numpy as np
import pytest
from awaited import run
from fake_server import FakeServer, stream_answer
from gsm8k import GROUPS as REAL_GROUPS
from real_server import RealServer
from streaming import GROUPS, BreaksOff, groups_of, silent
from waiting import until, until_ended

from gcpo_advantage import (
    AdvantageClient,
    AsyncAdvantageClient,
    RolloutGroup,
    UnavailableError,
)


def test_stream_takes_groups_as_they_are_generated(fake: FakeServer) -> None:
    """Each group is generated after the result of the one before, in the loop."""

    async def work(client: AsyncAdvantageClient) -> list[str]:
        had: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        async def generate() -> AsyncIterator[RolloutGroup]:
            yield GROUPS[0]
            for i in range(1, 5):
                assert await had.get() == f"g{i - 1}"
                assert asyncio.get_running_loop() is loop
                yield GROUPS[i]

        found = []
        async for result in client.stream(generate()):
            found.append(result.group_id)
            had.put_nowait(result.group_id)
        return found

    assert run(fake.target, work) == ["g0", "g1", "g2", "g3", "g4"]


def test_stream_source_that_fails_or_is_cancelled_is_told(fake: FakeServer) -> None:
    async def work(client: AsyncAdvantageClient) -> None:
        async def fails() -> AsyncIterator[RolloutGroup]:
            yield GROUPS[0]
            raise LookupError("generation broke")

        async def is_cancelled() -> AsyncIterator[RolloutGroup]:
            yield GROUPS[0]
            raise asyncio.CancelledError

        found = []

        async def read(source: AsyncIterator[RolloutGroup]) -> None:
            async for result in client.stream(source):
                found.append(result.group_id)

        with pytest.raises(LookupError, match="generation broke"):
            await read(fails())
        with pytest.raises(CancelledError):
            await read(is_cancelled())
        assert found == ["g0", "g0"]

    run(fake.target, work)


@pytest.mark.parametrize("how", ["break", "cancel"])
def test_stream_that_is_left_leaves_nothing_behind(fake: FakeServer, how: str) -> None:
    before = threading.enumerate()
    ended = threading.Event()

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        context.add_callback(ended.set)
        yield stream_answer(next(groups_of(requests)))
        yield from silent(requests, context)

    fake.stream = script

    async def work(client: AsyncAdvantageClient) -> None:
        async def endless() -> AsyncIterator[RolloutGroup]:
            yield GROUPS[0]
            await asyncio.Event().wait()
            raise AssertionError

        first = asyncio.Event()

        async def read() -> None:
            async for _ in client.stream(endless()):
                first.set()
                if how == "break":
                    break

        task = asyncio.ensure_future(read())
        await first.wait()
        if how == "cancel":
            task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() is (how == "cancel")

    run(fake.target, work)
    assert ended.wait(20)
    fake.stop()
    until_ended(before)


def test_stream_without_a_server_ends(fake: FakeServer) -> None:
    fake.stream = BreaksOff([0] * 10_000)

    async def work(client: AsyncAdvantageClient) -> None:
        async for _ in client.stream(GROUPS, timeout=0.5):
            raise AssertionError

    with pytest.raises(UnavailableError):
        run(fake.target, work)
    until(lambda: fake.calls > 2)


@pytest.mark.server
def test_real_answers_are_those_of_the_client_that_waits(
    server: RealServer, real: AdvantageClient
) -> None:
    expected = {result.group_id: result for result in real.compute(REAL_GROUPS)}

    async def work(client: AsyncAdvantageClient) -> list[Any]:
        return [result async for result in client.stream(REAL_GROUPS)]

    for result in [*run(server.target, work), *real.stream(iter(REAL_GROUPS))]:
        other = expected[result.group_id]
        np.testing.assert_array_equal(result.advantages, other.advantages)
        np.testing.assert_array_equal(result.included, other.included)
