# SPDX-License-Identifier: Apache-2.0
"""The client of event loops: what differs from the one that waits."""

from __future__ import annotations

import asyncio
import hashlib
import pickle
import threading
from typing import Any

import grpc
import numpy as np
import pytest
from awaited import run
from fake_server import FakeServer, status
from streaming import GROUPS

from gcpo_advantage import (
    AdvantageClient,
    AsyncAdvantageClient,
    DeadlineExceededError,
    InvalidRequestError,
)


def test_methods_are_those_of_the_client_that_waits(
    fake: FakeServer, client: AdvantageClient
) -> None:
    async def all_methods(own: AsyncAdvantageClient) -> list[Any]:
        return [
            await own.info(),
            await own.compute(GROUPS, config={"estimator": "grpo"}, timeout=9),
            await own.compute_flat([1.0, 2.0], ["a", "a"], ["x", "y"], golden={"a": "z"}),
            await own.embed(["a", "bb"]),
            await own.submit(["one"]),
        ]

    info, results, flat, rows, hashes = run(fake.target, all_methods)

    assert info == client.info()
    for own, other in zip(results, client.compute(GROUPS), strict=True):
        np.testing.assert_array_equal(own.advantages, other.advantages)
    np.testing.assert_array_equal(flat.advantages, [0.0, 1.0])
    np.testing.assert_array_equal(rows, client.embed(["a", "bb"]))
    assert hashes == [hashlib.sha256(b"one").digest()]


def test_prefetched_texts_that_are_lacking_are_sent(fake: FakeServer) -> None:
    results = run(fake.target, lambda client: client.compute(GROUPS, prefetched=True))

    assert [result.error for result in results] == [None] * len(GROUPS)


def test_call_outlasts_failures(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 6

    assert len(run(fake.target, lambda client: client.compute(GROUPS))) == len(GROUPS)
    assert fake.calls == 7


def test_failures_are_typed(fake: FakeServer) -> None:
    details = status(3, "bad", "INVALID_FIELD", "groups[0].group_id")
    fake.failures = [(grpc.StatusCode.INVALID_ARGUMENT, details)]

    with pytest.raises(InvalidRequestError) as caught:
        run(fake.target, lambda client: client.compute(GROUPS))

    assert caught.value.violations[0].field == "groups[0].group_id"


def test_call_ends_at_its_timeout(fake: FakeServer) -> None:
    fake.released.clear()

    with pytest.raises(DeadlineExceededError):
        run(fake.target, lambda client: client.compute(GROUPS, timeout=0.3))


def test_unknown_options_are_refused(fake: FakeServer) -> None:
    with pytest.raises(TypeError, match="golden"):
        run(fake.target, lambda client: client.compute(GROUPS, golden=1))  # type: ignore[call-arg]


def test_parts_travel_side_by_side_and_end_together(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 6
    both = threading.Barrier(2)
    cancelled = threading.Event()

    def meet(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        both.wait(20)
        if request.groups[0].group_id == "g0":
            context.abort(grpc.StatusCode.INTERNAL, "first")
        context.add_callback(cancelled.set)
        cancelled.wait(20)

    fake.on_call = meet

    with pytest.raises(Exception, match=r"^INTERNAL: first$"):
        run(fake.target, lambda client: client.compute(GROUPS))
    assert cancelled.wait(20)


def test_cancelled_coroutine_cancels_its_call(fake: FakeServer) -> None:
    arrived, cancelled = threading.Event(), threading.Event()

    def hold(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        context.add_callback(cancelled.set)
        arrived.set()
        cancelled.wait(20)

    fake.on_call = hold

    async def cancel(client: AsyncAdvantageClient) -> None:
        task = asyncio.ensure_future(client.compute(GROUPS))
        await asyncio.to_thread(arrived.wait, 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(fake.target, cancel)
    assert cancelled.wait(20)


def test_close_ends_calls(fake: FakeServer) -> None:
    fake.released.clear()
    arrived = threading.Event()
    fake.on_call = lambda request, context: arrived.set()

    async def close(client: AsyncAdvantageClient) -> None:
        task = asyncio.ensure_future(client.compute(GROUPS))
        await asyncio.to_thread(arrived.wait, 20)
        await client.close()
        with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
            await task
        with pytest.raises(RuntimeError, match=r"^client: closed"):
            await client.info()

    run(fake.target, close)


def test_one_client_serves_several_loops(fake: FakeServer) -> None:
    client = AsyncAdvantageClient(fake.target)
    sizes = []

    async def work() -> int:
        many = await asyncio.gather(*(client.compute(GROUPS) for _ in range(4)))
        return sum(map(len, many))

    for _ in range(3):
        sizes.append(asyncio.run(work()))
    threads = [threading.Thread(target=lambda: sizes.append(asyncio.run(work()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    asyncio.run(client.close())

    assert sizes == [4 * len(GROUPS)] * 7


def test_pickled_client_works(fake: FakeServer) -> None:
    client = AsyncAdvantageClient(fake.target, token="secret")
    copy = pickle.loads(pickle.dumps(client))

    assert asyncio.run(copy.info()).version == "fake"
    assert copy.fallbacks == 0
    asyncio.run(copy.compute(GROUPS))
    assert fake.metadata[0]["authorization"] == "Bearer secret"
