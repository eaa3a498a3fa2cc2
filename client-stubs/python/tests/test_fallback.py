# SPDX-License-Identifier: Apache-2.0
"""``on_failure``: what takes the place of an answer, and that it is said."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status

from gcpo_advantage import (
    AdvantageClient,
    AdvantageError,
    AsyncAdvantageClient,
    AuthenticationError,
    DeadlineExceededError,
    InvalidAnswerError,
    InvalidRequestError,
    PreconditionError,
    RequestTooLargeError,
    RetryPolicy,
    RolloutGroup,
    ServerError,
    UnavailableError,
    local,
)

ONCE = RetryPolicy(max_attempts=1)
GROUPS = [
    RolloutGroup("a", ["one", "two", "three", "four"], [1.0, 0.0, None, 3.0], golden_answer="g"),
    RolloutGroup("b", ["five", "six"], [2.0, 2.0]),
    RolloutGroup("c", ["seven"], [1.0]),
    RolloutGroup("d", ["eight"], [None]),
]
Prepare = Callable[[FakeServer], None]


def _fails(code: grpc.StatusCode, *details: Any) -> Prepare:  # noqa: ANN401
    return lambda fake: fake.failures.append((code, details[0] if details else None))


def _stops(fake: FakeServer) -> None:
    fake.stop()


def _hangs(fake: FakeServer) -> None:
    fake.released.clear()


def _answers_badly(fake: FakeServer) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        answer.results[0].advantages.rollouts[0].advantage = float("nan")

    fake.distort = distort


COVERED = [
    (_fails(grpc.StatusCode.UNAVAILABLE, status(14, "busy", "QUEUE_FULL")), UnavailableError),
    (_fails(grpc.StatusCode.CANCELLED), UnavailableError),
    (_fails(grpc.StatusCode.INTERNAL), ServerError),
    (_fails(grpc.StatusCode.UNKNOWN), ServerError),
    (_fails(grpc.StatusCode.DATA_LOSS), ServerError),
    (_fails(grpc.StatusCode.DEADLINE_EXCEEDED), DeadlineExceededError),
    (_stops, UnavailableError),
    (_hangs, DeadlineExceededError),
    (_answers_badly, InvalidAnswerError),
]
RAISED = [
    (_fails(grpc.StatusCode.INVALID_ARGUMENT), InvalidRequestError),
    (_fails(grpc.StatusCode.OUT_OF_RANGE), InvalidRequestError),
    (_fails(grpc.StatusCode.RESOURCE_EXHAUSTED), RequestTooLargeError),
    (_fails(grpc.StatusCode.FAILED_PRECONDITION), PreconditionError),
    (_fails(grpc.StatusCode.NOT_FOUND), PreconditionError),
    (_fails(grpc.StatusCode.UNAUTHENTICATED), AuthenticationError),
    (_fails(grpc.StatusCode.PERMISSION_DENIED), AuthenticationError),
    (_fails(grpc.StatusCode.UNIMPLEMENTED), AdvantageError),
]


@pytest.mark.parametrize(("prepare", "kind"), COVERED)
def test_failed_call_has_local_grpo(
    fake: FakeServer,
    caplog: pytest.LogCaptureFixture,
    prepare: Prepare,
    kind: type[AdvantageError],
) -> None:
    with AdvantageClient(fake.target, timeout=0.5, retry=ONCE, on_failure="local_grpo") as client:
        prepare(fake)
        first, tie, alone, none = client.compute(GROUPS)

        np.testing.assert_array_equal(first.advantages, local.grpo([1.0, 0.0, float("nan"), 3.0]))
        assert np.ptp(first.advantages) > 1
        np.testing.assert_array_equal(first.included, [True, True, False, True])
        assert [each.signal for each in (first, tie, alone, none)] == [
            "ok",
            "zero_variance",
            "too_few_valid",
            "all_excluded",
        ]
        assert [each.keep for each in (first, tie)] == [True, False]
        assert {each.fallback for each in (first, tie, alone, none)} == {"local_grpo"}
        assert (first.config, first.model, first.credits) == ({"estimator": "grpo"}, None, None)
        assert (first.rewards.count, first.rewards.mean, first.rewards.max) == (3, 4 / 3, 3.0)
        assert client.fallbacks == 4
    (record,) = [each for each in caplog.records if "in place of an answer" in each.getMessage()]
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(
        "4 groups have local_grpo in place of an answer (4 since the client was made): "
    )
    assert isinstance(record.args, tuple)
    assert isinstance(record.args[-1], kind)


@pytest.mark.parametrize(("prepare", "kind"), COVERED)
def test_failed_call_is_raised_unless_it_is_asked_for(
    fake: FakeServer, prepare: Prepare, kind: type[AdvantageError]
) -> None:
    with AdvantageClient(fake.target, timeout=0.5, retry=ONCE, on_failure="zero") as client:
        prepare(fake)
        with pytest.raises(kind):
            client.compute(GROUPS, on_failure="raise")
        assert client.fallbacks == 0


@pytest.mark.parametrize(("prepare", "kind"), RAISED)
@pytest.mark.parametrize("on_failure", ["local_grpo", "zero"])
def test_refused_input_is_always_raised(
    fake: FakeServer,
    prepare: Prepare,
    kind: type[AdvantageError],
    on_failure: Any,  # noqa: ANN401
) -> None:
    prepare(fake)
    with AdvantageClient(fake.target, retry=ONCE, on_failure=on_failure) as client:
        with pytest.raises(AdvantageError) as caught:
            client.compute(GROUPS)
        assert type(caught.value) is kind
        assert client.fallbacks == 0


@pytest.mark.parametrize("on_failure", ["local_grpo", "zero"])
def test_input_that_cannot_be_sent_is_always_raised(
    fake: FakeServer,
    client: AdvantageClient,
    on_failure: Any,  # noqa: ANN401
) -> None:
    fake.limits.max_message_bytes = 1000

    with pytest.raises(RequestTooLargeError):
        client.compute([RolloutGroup("a", ["x" * 2000], [1.0])], on_failure=on_failure)
    with pytest.raises(ValueError, match="twice"):
        client.compute([GROUPS[0], GROUPS[0]], on_failure=on_failure)
    with pytest.raises(ValueError, match=r"^on_failure: 'grpo' \(expected: raise, local_grpo, ze"):
        client.compute(GROUPS, on_failure="grpo")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^on_failure: 'ignore' "):
        AdvantageClient(fake.target, on_failure="ignore")  # type: ignore[arg-type]


def test_zero_trains_nothing_and_says_so(fake: FakeServer, client: AdvantageClient) -> None:
    fake.failures = [(grpc.StatusCode.INTERNAL, None)]

    flat = client.compute_flat([1.0, 0.0, 2.0], ["a", "b", "a"], ["x"] * 3, on_failure="zero")

    np.testing.assert_array_equal(flat.advantages, [0.0, 0.0, 0.0])
    assert not flat.included.any()
    assert flat.fallback == "zero"
    assert flat.credits is None
    assert {(each.signal, each.keep, each.centered) for each in flat.results} == {
        ("no_answer", False, True)
    }
    metrics = flat.metrics()
    assert (metrics["groups"], metrics["fallback_groups"], metrics["kept_share"]) == (2, 2, 0)
    assert "reward_mean" not in metrics


def test_answers_are_no_fallback(client: AdvantageClient) -> None:
    flat = client.compute_flat([1.0, 0.0], ["a", "a"], ["x", "y"], on_failure="local_grpo")

    assert flat.fallback is None
    assert flat.metrics()["fallback_groups"] == 0
    assert client.fallbacks == 0


@pytest.mark.parametrize(
    ("code", "covered"), [(13, True), (14, True), (4, True), (2, True), (3, False), (9, False)]
)
def test_failed_group_alone_falls_back(fake: FakeServer, code: int, covered: bool) -> None:
    def spoil(answer: Any) -> None:  # noqa: ANN401
        answer.results[1].error.CopyFrom(status(code, "no good", "SOME_REASON"))

    fake.distort = spoil
    with AdvantageClient(fake.target, retry=RetryPolicy(max_attempts=1)) as client:
        if not covered:
            with pytest.raises(AdvantageError, match=r"^group b: no good"):
                client.compute(GROUPS, on_failure="local_grpo")
            return
        results = client.compute(GROUPS, on_failure="local_grpo")
    assert [each.fallback for each in results] == [None, "local_grpo", None, None]
    np.testing.assert_array_equal(results[0].advantages, [0.0, 1.0, 0.0, 3.0])
    np.testing.assert_array_equal(results[1].advantages, [0.0, 0.0])
    assert client.fallbacks == 1


def test_prefetched_batch_falls_back_as_a_whole(fake: FakeServer, client: AdvantageClient) -> None:
    """The texts of one group are lacking, and the request that brings them fails."""
    client.submit([text for group in GROUPS[:-1] for text in group.texts or ()])
    fake.distort = lambda answer: fake.failures.append((grpc.StatusCode.INTERNAL, None))

    results = client.compute(GROUPS, prefetched=True, on_failure="local_grpo")

    assert fake.calls == 3
    assert {each.fallback for each in results} == {"local_grpo"}


def test_fallback_on_an_event_loop(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.INTERNAL, None)]

    async def work() -> tuple[Any, int]:
        async with AsyncAdvantageClient(fake.target, on_failure="zero") as client:
            flat = await client.compute_flat([1.0, 0.0], ["a", "a"])
            return flat, client.fallbacks

    flat, count = asyncio.run(work())

    assert (flat.fallback, count) == ("zero", 1)


def test_fallbacks_of_many_threads_are_all_counted(fake: FakeServer) -> None:
    fake.stop()
    with AdvantageClient(fake.target, timeout=5, retry=ONCE, on_failure="zero") as client:
        threads = [threading.Thread(target=client.compute, args=(GROUPS,)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert client.fallbacks == 64
