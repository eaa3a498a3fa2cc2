# SPDX-License-Identifier: Apache-2.0
"""Groups that failed for the moment are sent again, alone where they may be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status
from google.rpc import code_pb2, error_details_pb2

from gcpo_advantage import (
    AdvantageClient,
    AsyncAdvantageClient,
    GroupResult,
    RetryPolicy,
    RolloutGroup,
    UnavailableError,
)

GROUPS = [RolloutGroup(str(i), [f"x{i}", f"y{i}"], [1.0, 0.0]) for i in range(4)]
QUICK = RetryPolicy(initial_backoff=0.01, max_backoff=0.02)
Compute = Callable[..., list[GroupResult]]


@pytest.fixture(params=["blocking", "awaiting"])
def compute(request: pytest.FixtureRequest, fake: FakeServer) -> Compute:
    """``compute`` of either client; errors are returned."""

    def run(
        groups: list[RolloutGroup],
        *,
        retry: RetryPolicy = QUICK,
        timeout: float = 20,
        **more: Any,  # noqa: ANN401
    ) -> list[GroupResult]:
        if request.param == "blocking":
            with AdvantageClient(fake.target, timeout=timeout, retry=retry) as client:
                return client.compute(groups, on_group_error="return", **more)

        async def awaited() -> list[GroupResult]:
            async with AsyncAdvantageClient(fake.target, timeout=timeout, retry=retry) as client:
                return await client.compute(groups, on_group_error="return", **more)

        return asyncio.run(awaited())

    return run


class Losing:
    """Fails some groups, each so many times."""

    def __init__(
        self,
        code: str = "UNAVAILABLE",
        batch: bool = False,
        reason: str = "WORKER_RESTARTING",
        **times: int,
    ) -> None:
        self.times = {group.removeprefix("g"): n for group, n in times.items()}
        self._code = code_pb2.Code.Value(code)
        self._reason = reason
        self._batch = batch

    def __call__(self, answer: Any) -> None:  # noqa: ANN401
        for result in getattr(answer, "results", ()):
            if self.times.get(result.group_id, 0) > 0:
                self.times[result.group_id] -= 1
                result.error.CopyFrom(status(self._code, "lost", self._reason))
        if self._batch:
            good = [each for each in answer.results if each.WhichOneof("outcome") == "advantages"]
            for result in good:
                result.advantages.batch_groups = len(good)


def _sent(fake: FakeServer) -> list[list[str]]:
    return [[group.group_id for group in request.groups] for request in fake.requests]


def test_only_lost_groups_are_sent_again_under_ids_of_their_own(
    fake: FakeServer, compute: Compute
) -> None:
    fake.distort = Losing(g1=2, g3=1)

    results = compute(GROUPS, request_id="r")

    assert _sent(fake) == [["0", "1", "2", "3"], ["1", "3"], ["1"]]
    assert [request.request_id for request in fake.requests] == ["r", "r.again-1", "r.again-2"]
    for result, group in zip(results, GROUPS, strict=True):
        assert result.group is group
        np.testing.assert_array_equal(result.advantages, [0, 1])


def test_lost_groups_of_several_parts_travel_together(fake: FakeServer, compute: Compute) -> None:
    fake.limits.max_groups_per_request = 2
    fake.distort = Losing(g1=1, g2=1)

    results = compute(GROUPS)

    assert sorted(_sent(fake)[:2]) == [["0", "1"], ["2", "3"]]
    assert _sent(fake)[2:] == [["1", "2"]]
    assert [result.error for result in results] == [None] * 4


def test_lost_groups_of_hashes_are_sent_again_with_their_texts(
    fake: FakeServer, compute: Compute
) -> None:
    fake.distort = Losing(g1=1)
    with AdvantageClient(fake.target) as client:
        client.submit([text for group in GROUPS for text in (group.texts or ())])
    fake.requests.clear()

    results = compute(GROUPS, prefetched=True, request_id="r")

    assert _sent(fake) == [["0", "1", "2", "3"], ["1"]]
    assert fake.requests[1].groups[0].rollouts[0].text == "x1"
    assert [result.error for result in results] == [None] * 4


def test_groups_that_are_normalised_together_are_sent_again_together(
    fake: FakeServer, compute: Compute
) -> None:
    fake.distort = Losing(batch=True, g1=1)

    results = compute(GROUPS, config={"estimator": "gpg"})

    assert _sent(fake) == [["0", "1", "2", "3"]] * 2
    assert [result.batch_groups for result in results] == [4] * 4


def test_batch_that_was_lost_in_part_is_sent_whole_though_no_result_says_so(
    fake: FakeServer, compute: Compute
) -> None:
    """Only groups of the batch are lost; the others are of another estimator."""
    own = {"estimator": "gpg"}
    groups = [GROUPS[0], *(RolloutGroup(f"b{i}", ["x"], [1.0], config=own) for i in range(2))]
    fake.distort = Losing(b0=1, b1=1)

    compute(groups, config={"estimator": "grpo"})

    assert _sent(fake) == [["0", "b0", "b1"]] * 2


@pytest.mark.parametrize("code", ["INTERNAL", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED"])
def test_other_failures_of_groups_stand(fake: FakeServer, compute: Compute, code: str) -> None:
    fake.distort = Losing(code, g1=1)

    results = compute(GROUPS)

    assert fake.calls == 1
    assert results[1].error is not None
    assert results[1].error.code == code


def test_attempts_are_bounded(fake: FakeServer, compute: Compute) -> None:
    fake.distort = Losing(g1=99)

    results = compute(GROUPS, retry=RetryPolicy(initial_backoff=0.01, max_attempts=2))

    assert _sent(fake) == [["0", "1", "2", "3"], ["1"]]
    assert isinstance(results[1].error, UnavailableError)
    assert results[1].error.reason == "WORKER_RESTARTING"
    np.testing.assert_array_equal(results[0].advantages, [0, 1])


def test_attempts_are_bounded_though_parts_of_another_server_are_asked_for_again(
    fake: FakeServer, compute: Compute
) -> None:
    fake.limits.max_groups_per_request = 2
    lose = Losing(g3=1)
    versions = {"0": ["old"]}

    def distort(answer: Any) -> None:  # noqa: ANN401
        older = versions.get(answer.results[0].group_id)
        answer.origin.server_version = older.pop() if older else "new"
        lose(answer)

    fake.distort = distort

    results = compute(GROUPS, retry=RetryPolicy(max_attempts=1))

    assert sorted(_sent(fake)) == [["0", "1"], ["0", "1"], ["2", "3"]]
    assert [result.error is None for result in results] == [True, True, True, False]


@pytest.mark.parametrize("reason", ["WORKER_RESTARTING", "DEVICE_OOM", "HEARD_OF_BY_NO_CLIENT", ""])
def test_group_that_the_model_is_always_lost_on_is_sent_three_times(
    fake: FakeServer, compute: Compute, reason: str
) -> None:
    fake.distort = Losing(reason=reason, g1=99)

    results = compute(GROUPS)

    assert _sent(fake) == [["0", "1", "2", "3"], ["1"], ["1"]]
    assert isinstance(results[1].error, UnavailableError)
    assert results[1].error.reason == reason
    np.testing.assert_array_equal(results[0].advantages, [0, 1])


@pytest.mark.parametrize("reason", ["QUEUE_FULL", "DRAINING"])
def test_group_that_there_is_no_room_for_is_sent_until_there_is(
    fake: FakeServer, compute: Compute, reason: str
) -> None:
    fake.distort = Losing(reason=reason, g1=6)

    results = compute(GROUPS)

    assert _sent(fake) == [["0", "1", "2", "3"], *[["1"]] * 6]
    assert [result.error for result in results] == [None] * 4


def _lose_one_and_refuse_two(batch: bool) -> Callable[[Any], None]:
    lose, refuse = Losing(g1=99), Losing(reason="QUEUE_FULL", batch=batch, g2=4)

    def distort(answer: Any) -> None:  # noqa: ANN401
        lose(answer)
        refuse(answer)

    return distort


def test_groups_go_on_without_one_that_was_lost_too_often(
    fake: FakeServer, compute: Compute
) -> None:
    fake.distort = _lose_one_and_refuse_two(batch=False)

    results = compute(GROUPS)

    assert _sent(fake) == [["0", "1", "2", "3"], ["1", "2"], ["1", "2"], ["2"], ["2"]]
    assert [result.error is None for result in results] == [True, False, True, True]


def test_groups_that_are_normalised_together_go_on_without_one_that_was_lost_too_often(
    fake: FakeServer, compute: Compute
) -> None:
    fake.distort = _lose_one_and_refuse_two(batch=True)

    results = compute(GROUPS, config={"estimator": "gpg"})

    assert _sent(fake) == [["0", "1", "2", "3"]] * 3 + [["0", "2", "3"]] * 2
    assert [result.error is None for result in results] == [True, False, True, True]
    assert [results[i].batch_groups for i in (0, 2, 3)] == [3] * 3


def test_losses_of_hashes_count(fake: FakeServer, compute: Compute) -> None:
    fake.distort = Losing(g1=99)
    with AdvantageClient(fake.target) as client:
        client.submit(["x1", "y1"])
    fake.requests.clear()

    compute(GROUPS[:2], prefetched=True, config={"estimator": "gpg"})

    # Group 0 lacks its texts, and group 1 goes with it.
    assert _sent(fake) == [["0", "1"]] * 3


def test_no_pause_outlasts_the_call(fake: FakeServer, compute: Compute) -> None:
    def lose(answer: Any) -> None:  # noqa: ANN401
        details = status(14, "lost", "DEVICE_OOM")
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.seconds = 100
        details.details.add().Pack(retry)
        answer.results[2].error.CopyFrom(details)

    fake.distort = lose

    results = compute(GROUPS, timeout=20)

    assert fake.calls == 1
    assert results[2].error is not None
    assert results[2].error.retry_delay == 100


def test_good_groups_outlive_a_server_that_goes_away(fake: FakeServer, compute: Compute) -> None:
    lose = Losing(g1=1)

    def lose_and_go(answer: Any) -> None:  # noqa: ANN401
        lose(answer)
        fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 1000

    fake.distort = lose_and_go

    results = compute(GROUPS, timeout=1)

    assert [result.error is None for result in results] == [True, False, True, True]
    assert results[1].error is not None
    assert results[1].error.reason == "WORKER_RESTARTING"


def test_good_groups_outlive_a_repeat_that_fails_otherwise(
    fake: FakeServer, compute: Compute
) -> None:
    lose = Losing(g1=1)

    def lose_and_break(answer: Any) -> None:  # noqa: ANN401
        lose(answer)
        fake.failures = [(grpc.StatusCode.INTERNAL, None)]

    fake.distort = lose_and_break

    results = compute(GROUPS)

    assert [result.error is None for result in results] == [True, False, True, True]
    assert fake.calls == 2


def test_expected_fingerprint_travels_with_repeats(fake: FakeServer, compute: Compute) -> None:
    lose = Losing(g1=1)

    def distort(answer: Any) -> None:  # noqa: ANN401
        lose(answer)
        answer.model.fingerprint = "f"

    fake.distort = distort

    compute(GROUPS, expected_model_fingerprint="f")

    assert [request.expected_model_fingerprint for request in fake.requests] == ["f", "f"]
