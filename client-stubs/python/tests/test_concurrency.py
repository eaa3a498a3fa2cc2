# SPDX-License-Identifier: Apache-2.0
"""Calls side by side, calls that are broken off, and what is left of them: nothing."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from concurrent import futures
from typing import Any

import grpc
import pytest
from fake_server import FakeServer, stream_answer
from streaming import groups_of, silent
from waiting import until, until_ended

from gcpo_advantage import AdvantageClient, RetryPolicy, RolloutGroup, ServerError

GROUPS = [RolloutGroup(str(i), ["x"], [1.0]) for i in range(6)]


class Held:
    """Holds calls in the server until they are cancelled; says how many there are."""

    def __init__(self, fake: FakeServer) -> None:
        self.arrived = threading.Semaphore(0)
        self.cancelled = threading.Semaphore(0)
        fake.on_call = self._hold

    def _hold(self, request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        ended = threading.Event()
        assert context.add_callback(ended.set)
        self.arrived.release()
        assert ended.wait(30)
        self.cancelled.release()


def test_parts_of_a_call_travel_side_by_side(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 2
    peers: set[str] = set()
    all_there = threading.Barrier(3)

    def meet(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        peers.add(context.peer())
        all_there.wait(20)

    fake.on_call = meet

    with AdvantageClient(fake.target, timeout=20, connections=3) as client:
        results = client.compute(GROUPS)

    assert [result.group_id for result in results] == [group.group_id for group in GROUPS]
    assert len(peers) >= 2  # the first connection also served info()


def test_no_more_parts_than_connections_are_in_flight(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 1
    lock = threading.Lock()
    now = most = 0

    def count(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)

    def uncount(answer: Any) -> None:  # noqa: ANN401
        nonlocal now
        with lock:
            now -= 1

    fake.on_call, fake.distort = count, uncount

    with AdvantageClient(fake.target, connections=2) as client:
        client.compute(GROUPS)

    assert most <= 2
    assert fake.calls == 6


def test_failure_of_one_part_ends_the_others_at_once(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 1
    others = threading.Semaphore(0)
    cancelled = threading.Semaphore(0)

    def fail_last(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        if request.groups[0].group_id == "2":
            for _ in range(2):
                assert others.acquire(timeout=20)
            context.abort(grpc.StatusCode.INTERNAL, "broken")
        ended = threading.Event()
        context.add_callback(ended.set)
        others.release()
        assert ended.wait(30)
        cancelled.release()

    fake.on_call = fail_last

    with (
        AdvantageClient(fake.target, timeout=60, connections=3) as client,
        pytest.raises(ServerError, match=r"^INTERNAL: broken$"),
    ):
        client.compute(GROUPS[:3])
    for _ in range(2):
        assert cancelled.acquire(timeout=20)


def test_failure_ends_the_wait_of_another_part(fake: FakeServer) -> None:
    """One part waits ten minutes for its next attempt when another fails for good."""
    fake.limits.max_groups_per_request = 1
    waits = threading.Event()

    def fail(request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        if request.groups[0].group_id == "0":
            context.add_callback(waits.set)
            context.abort(grpc.StatusCode.UNAVAILABLE, "busy")
        assert waits.wait(20)
        context.abort(grpc.StatusCode.INTERNAL, "broken")

    fake.on_call = fail
    patient = RetryPolicy(initial_backoff=600, max_backoff=600)

    with (
        AdvantageClient(fake.target, timeout=2000, retry=patient) as client,
        pytest.raises(ServerError, match=r"^INTERNAL: broken$"),
    ):
        client.compute(GROUPS[:2])


def _waits(thread: int) -> bool:
    """Whether a thread is in a wait: not a moment before it, with a call that nobody has yet."""
    frame = sys._current_frames()[thread]
    return frame.f_code is threading.Condition.wait.__code__


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Also where the tests run in the background of a shell, which has them ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("parts", [1, 2])
def test_interrupt_cancels_the_call(fake: FakeServer, parts: int) -> None:
    held = Held(fake)
    fake.limits.max_groups_per_request = len(GROUPS) // parts
    main = threading.get_ident()

    def interrupt() -> None:
        for _ in range(parts):
            assert held.arrived.acquire(timeout=20)
        until(lambda: _waits(main))
        signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    with AdvantageClient(fake.target, timeout=60) as client:
        client.info()
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            client.compute(GROUPS)
        thread.join()
        for _ in range(parts):
            assert held.cancelled.acquire(timeout=20)
        fake.on_call = lambda request, context: None
        assert len(client.compute(GROUPS)) == len(GROUPS)


@pytest.mark.parametrize("parts", [1, 2])
def test_close_ends_calls_of_other_threads(fake: FakeServer, parts: int) -> None:
    held = Held(fake)
    fake.limits.max_groups_per_request = len(GROUPS) // parts
    client = AdvantageClient(fake.target, timeout=60)

    with futures.ThreadPoolExecutor(1) as threads:
        call = threads.submit(client.compute, GROUPS)
        for _ in range(parts):
            assert held.arrived.acquire(timeout=20)
        client.close()

        with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
            call.result(20)


def test_close_ends_submissions_and_streams(fake: FakeServer) -> None:
    held = Held(fake)
    fake.stream = silent
    client = AdvantageClient(fake.target, timeout=60)

    with futures.ThreadPoolExecutor(1) as threads:
        stream = threads.submit(lambda: list(client.stream(GROUPS)))
        submissions = [client.submit_async(["x"]) for _ in range(2)]
        until(lambda: fake.calls == 3)
        client.close()

        for each in (stream, *submissions):
            with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
                each.result(20)
    assert held.cancelled.acquire(timeout=20)


def test_stream_that_is_left_leaves_nothing_behind(fake: FakeServer) -> None:
    before = threading.enumerate()
    ended = threading.Event()

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        context.add_callback(ended.set)
        yield stream_answer(next(groups_of(requests)))
        yield from silent(requests, context)

    fake.stream = script

    with AdvantageClient(fake.target) as client:
        for result in client.stream(GROUPS):
            assert result.group_id == "0"
            break
        assert ended.wait(20)
    fake.stop()
    until_ended(before)


def test_many_calls_leave_no_thread_behind(fake: FakeServer) -> None:
    before = threading.enumerate()
    fake.limits.max_groups_per_request = 3

    with AdvantageClient(fake.target) as client:
        for _ in range(200):
            client.compute(GROUPS)
        assert sum(thread not in before for thread in threading.enumerate()) < 12
    fake.stop()
    until_ended(before)
