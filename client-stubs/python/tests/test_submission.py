# SPDX-License-Identifier: Apache-2.0
"""Texts that are submitted while the server is away, and futures that are given up."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from concurrent import futures
from typing import Any

import grpc
import pytest
from fake_server import FakeServer
from waiting import until, until_ended

from gcpo_advantage import AdvantageClient, RetryPolicy, UnavailableError
from gcpo_advantage._timers import Timers

QUICK = RetryPolicy(initial_backoff=0.01, max_backoff=0.05)
ONE = [hashlib.sha256(b"one").digest()]


def test_submission_outlasts_failures(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 6

    with AdvantageClient(fake.target, retry=QUICK) as client:
        assert client.submit_async(["one"]).result(20) == ONE
    assert fake.calls == 7


def test_submission_ends_at_its_timeout(fake: FakeServer) -> None:
    fake.stop()

    with (
        AdvantageClient(fake.target, retry=QUICK) as client,
        pytest.raises(UnavailableError, match=r"\(attempt \d+\)$"),
    ):
        client.submit_async(["one"], timeout=0.4).result(20)


def test_thousands_that_wait_have_one_thread(fake: FakeServer) -> None:
    fake.stop()
    before = threading.active_count()
    patient = RetryPolicy(initial_backoff=60, max_backoff=60)

    with AdvantageClient(fake.target, timeout=300, retry=patient) as client:
        pending = [client.submit_async(["one"]) for _ in range(2000)]
        timers = client._channels.timers()
        until(lambda: len(timers._waiting) == 2000)
        until(lambda: threading.active_count() - before <= 4)
        assert not any(each.done() for each in pending)
        assert all(each.cancel() for each in pending)
        assert not futures.wait(pending, timeout=20).not_done


def test_cancelled_future_is_seen_by_all_who_wait(fake: FakeServer) -> None:
    cancelled = threading.Event()
    arrived = threading.Event()

    def hold(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        context.add_callback(cancelled.set)
        arrived.set()
        cancelled.wait(20)

    fake.on_call = hold
    with AdvantageClient(fake.target) as client:
        future = client.submit_async(["one"])
        assert arrived.wait(20)
        assert future.cancel()

        assert futures.wait([future], timeout=20).done == {future}
        assert list(futures.as_completed([future], timeout=20)) == [future]
        assert future.cancelled()
        assert cancelled.wait(20)


def test_future_can_be_awaited(fake: FakeServer) -> None:
    async def work(client: AdvantageClient) -> list[bytes]:
        return await asyncio.wait_for(asyncio.wrap_future(client.submit_async(["one"])), 20)

    with AdvantageClient(fake.target) as client:
        assert asyncio.run(work(client)) == ONE


def test_closed_client_fails_the_future(fake: FakeServer) -> None:
    client = AdvantageClient(fake.target)
    client.close()

    with pytest.raises(RuntimeError, match=r"^client: closed"):
        client.submit_async(["one"]).result(20)


def test_timers_call_in_the_order_of_their_times() -> None:
    timers = Timers()
    before = threading.enumerate()
    called: list[tuple[str, float]] = []
    begin = time.monotonic()

    for name, seconds in (("late", 0.2), ("soon", 0.05), ("now", 0.0), ("soon too", 0.05)):
        timers.after(seconds, lambda name=name: called.append((name, time.monotonic())))  # type: ignore[misc]
    until(lambda: len(called) == 4)

    assert [name for name, _ in called] == ["now", "soon", "soon too", "late"]
    assert called[3][1] - begin >= 0.2
    until_ended(before)
    timers.after(0, lambda: called.append(("again", 0.0)))
    until(lambda: len(called) == 5)
