# SPDX-License-Identifier: Apache-2.0
"""Streams of both clients: what they send, and what they do when something goes wrong."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status, stream_answer
from google.rpc import error_details_pb2
from streaming import GROUPS, BreaksOff, Script, at_the_end, groups_of, read, silent

from gcpo_advantage import (
    AdvantageError,
    DeadlineExceededError,
    InvalidAnswerError,
    InvalidRequestError,
    RolloutGroup,
    UnavailableError,
)
from gcpo_advantage._stream import MAX_UNANSWERED

pytestmark = pytest.mark.parametrize("kind", ["blocking", "awaiting"])
IDS = [group.group_id for group in GROUPS]


def test_every_group_has_its_result(fake: FakeServer, kind: str) -> None:
    headers: list[Any] = []

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        headers.append(next(requests).header)
        for group in groups_of(requests):
            yield stream_answer(group)

    fake.stream = script

    outcome = read(
        kind, fake.target, GROUPS, config={"estimator": "grpo"}, request_id="s", model="fake"
    )

    assert sorted(outcome.ids) == sorted(IDS)
    for result in outcome.results:
        assert result.model is not None
        assert result.model.name == "fake"
        np.testing.assert_array_equal(result.advantages, np.arange(len(result.group)))
    (header,) = headers
    assert (header.request_id, header.config.estimator, header.model) == ("s", 2, "fake")
    assert header.output.diversity is True


def test_no_groups_are_no_call(fake: FakeServer, kind: str) -> None:
    assert read(kind, fake.target, []).results == []
    assert fake.calls == 0


def test_answers_may_come_in_any_order(fake: FakeServer, kind: str) -> None:
    fake.stream = at_the_end(lambda answers: answers[::-1])

    outcome = read(kind, fake.target, iter(GROUPS))

    assert outcome.ids == IDS[::-1]
    assert [len(result.advantages) for result in outcome.results] == [
        len(group) for group in GROUPS[::-1]
    ]


@pytest.mark.parametrize("code", ["UNAVAILABLE", "CANCELLED"])
def test_only_what_has_no_answer_is_sent_again(fake: FakeServer, kind: str, code: str) -> None:
    script = BreaksOff([5, 0, 2], code)
    fake.stream = script

    outcome = read(kind, fake.target, GROUPS)

    assert (outcome.failure, outcome.ids) == (None, IDS)
    first, second, third, last = script.attempts
    assert first == IDS[:6]
    assert second == IDS[5:6]
    assert third == IDS[5:8]
    assert last == IDS[7:]


def test_a_defect_is_not_tried_again(fake: FakeServer, kind: str) -> None:
    fake.stream = BreaksOff([2], "INTERNAL")

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.ids == IDS[:2]
    assert isinstance(outcome.failure, AdvantageError)
    assert str(outcome.failure) == "INTERNAL: gone"
    assert fake.calls == 1


def test_refused_header_says_why(fake: FakeServer, kind: str) -> None:
    details = status(3, "bad", "INVALID_FIELD", "header.config.epsilon")
    fake.failures = [(grpc.StatusCode.INVALID_ARGUMENT, details)]

    outcome = read(kind, fake.target, GROUPS)

    assert isinstance(outcome.failure, InvalidRequestError)
    assert outcome.failure.violations[0].field == "header.config.epsilon"
    assert outcome.results == []


def _other_digest(answers: list[Any]) -> list[Any]:
    answers[0].result.advantages.input_sha256 = b"0" * 32
    return answers


def _unknown(answers: list[Any]) -> list[Any]:
    answers[0].result.group_id = "stranger"
    return answers


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda answers: [answers[0], answers[0]], r"^group_id: 'g0' \(expected: one without an"),
        (_unknown, r"^group_id: 'stranger' \(expected: one without an answer\)$"),
        (lambda answers: answers[:3], r"^stream: ended, 9 groups without an answer \(expected: 0"),
        (_other_digest, r"^result.advantages.input_sha256: "),
    ],
)
def test_answers_that_do_not_fit_are_refused(
    fake: FakeServer, kind: str, change: Callable[[list[Any]], list[Any]], message: str
) -> None:
    fake.stream = at_the_end(change)

    outcome = read(kind, fake.target, GROUPS)

    assert isinstance(outcome.failure, InvalidAnswerError)
    with pytest.raises(InvalidAnswerError, match=message):
        raise outcome.failure
    assert fake.calls == 1


def test_failed_group_is_a_result(fake: FakeServer, kind: str) -> None:
    def spoil(answer: Any) -> None:  # noqa: ANN401
        if answer.result.group_id == "g4":
            answer.result.error.CopyFrom(status(3, "no good", "INVALID_FIELD", "rollouts[0].text"))

    fake.distort = spoil

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.ids == IDS
    (bad,) = [result for result in outcome.results if result.error is not None]
    assert isinstance(bad.error, InvalidRequestError)
    assert bad.group_id == "g4"


def _sends_twins() -> Iterator[RolloutGroup]:
    yield GROUPS[0]
    yield GROUPS[1]
    yield GROUPS[0]


def _sends_a_lone_surrogate() -> Iterator[RolloutGroup]:
    yield GROUPS[0]
    yield GROUPS[1]
    yield RolloutGroup("bad", ["\ud800"], [1.0])


def _fails() -> Iterator[RolloutGroup]:
    yield GROUPS[0]
    yield GROUPS[1]
    raise LookupError("generation broke")


@pytest.mark.parametrize(
    ("source", "kind_of", "message"),
    [
        (_sends_twins, ValueError, r"^group_id: 'g0' twice \(expected: distinct ids\)$"),
        (_sends_a_lone_surrogate, ValueError, r"^group bad: texts\[0\] \(expected: text with"),
        (_fails, LookupError, "^generation broke$"),
    ],
)
def test_source_that_fails_is_told_after_the_results(
    fake: FakeServer,
    kind: str,
    source: Callable[[], Iterator[RolloutGroup]],
    kind_of: type[Exception],
    message: str,
) -> None:
    outcome = read(kind, fake.target, source())

    assert outcome.ids == ["g0", "g1"]
    assert outcome.failure is not None
    with pytest.raises(kind_of, match=message):
        raise outcome.failure


def test_overdue_answer_ends_the_stream(fake: FakeServer, kind: str) -> None:
    fake.stream = silent

    outcome = read(kind, fake.target, GROUPS, timeout=0.4)

    assert isinstance(outcome.failure, DeadlineExceededError)
    assert str(outcome.failure) == "stream: a group without an answer for 0.4 s"


def test_overdue_connection_ends_the_stream(kind: str) -> None:
    """A machine that takes connections and says nothing: not even the header leaves."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        target = f"127.0.0.1:{mute.getsockname()[1]}"

        outcome = read(kind, target, GROUPS, timeout=0.4)

    assert isinstance(outcome.failure, DeadlineExceededError)


def test_no_server_ends_the_stream(fake: FakeServer, kind: str) -> None:
    fake.stop()

    outcome = read(kind, fake.target, GROUPS, timeout=0.5)

    assert isinstance(outcome.failure, UnavailableError)
    assert "(attempt " in str(outcome.failure)


def test_slow_consumer_is_not_overdue(fake: FakeServer, kind: str) -> None:
    def dawdle() -> None:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            pass

    outcome = read(kind, fake.target, GROUPS[:4], dawdle, timeout=0.2)

    assert (outcome.failure, outcome.ids) == (None, IDS[:4])


def test_more_groups_than_may_be_on_their_way(fake: FakeServer, kind: str) -> None:
    many = [RolloutGroup(str(i), rewards=[1.0]) for i in range(3 * MAX_UNANSWERED + 5)]
    most: list[int] = []
    fake.stream = _in_batches(most)

    outcome = read(kind, fake.target, many)

    assert (outcome.failure, len(outcome.results)) == (None, len(many))
    assert {result.group_id for result in outcome.results} == {group.group_id for group in many}
    assert max(most) == MAX_UNANSWERED


def _in_batches(sizes: list[int]) -> Script:
    """Answers no group before as many are there as may be."""

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        waiting: list[Any] = []
        for group in groups_of(requests):
            waiting.append(group)
            if len(waiting) == MAX_UNANSWERED:
                sizes.append(len(waiting))
                yield from map(stream_answer, waiting)
                waiting = []
        yield from map(stream_answer, waiting)

    return script


def _losing(lost: dict[str, int], sent: list[list[str]]) -> Script:
    """Answers each group at once, some of them so many times as lost."""

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        own: list[str] = []
        sent.append(own)
        for group in groups_of(requests):
            own.append(group.group_id)
            answer = stream_answer(group)
            if lost.get(group.group_id, 0) > 0:
                lost[group.group_id] -= 1
                answer.result.error.CopyFrom(status(14, "lost", "DEVICE_OOM"))
            yield answer

    return script


def test_lost_groups_are_sent_again_alone(fake: FakeServer, kind: str) -> None:
    sent: list[list[str]] = []
    fake.stream = _losing({"g1": 2, "g11": 1}, sent)

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.failure is None
    assert sorted(outcome.ids) == sorted(IDS)
    assert [result.error for result in outcome.results] == [None] * len(IDS)
    assert sorted(group for attempt in sent for group in attempt) == sorted(
        [*IDS, "g1", "g1", "g11"]
    )


def test_group_lost_after_the_last_was_sent_is_sent_in_another_attempt(
    fake: FakeServer, kind: str
) -> None:
    lost = [True]

    def lose_one(answers: list[Any]) -> list[Any]:
        if lost.pop() if lost else False:
            answers[2].result.error.CopyFrom(status(14, "lost", "WORKER_RESTARTING"))
        return answers

    fake.stream = at_the_end(lose_one)

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.failure is None
    assert sorted(outcome.ids) == sorted(IDS)
    assert fake.calls == 2


def test_group_that_the_model_is_always_lost_on_is_sent_three_times(
    fake: FakeServer, kind: str
) -> None:
    sent: list[list[str]] = []
    fake.stream = _losing({"g1": 99}, sent)

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.failure is None
    (lost,) = [result for result in outcome.results if result.error is not None]
    assert isinstance(lost.error, UnavailableError)
    assert (lost.group_id, lost.error.reason) == ("g1", "DEVICE_OOM")
    assert sorted(group for attempt in sent for group in attempt) == sorted([*IDS, "g1", "g1"])


@pytest.mark.parametrize("reason", ["QUEUE_FULL", "DRAINING"])
def test_group_that_there_is_no_room_for_comes_again_when_the_server_says(
    fake: FakeServer, kind: str, reason: str
) -> None:
    refused = status(14, "full", reason)
    retry = error_details_pb2.RetryInfo()
    retry.retry_delay.FromMilliseconds(60)
    refused.details.add().Pack(retry)
    came: list[float] = []

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        for group in groups_of(requests):
            answer = stream_answer(group)
            if group.group_id == "g1":
                came.append(time.monotonic())
                if len(came) < 6:
                    answer.result.error.CopyFrom(refused)
            yield answer

    fake.stream = script

    outcome = read(kind, fake.target, GROUPS)

    assert outcome.failure is None
    assert sorted(outcome.ids) == sorted(IDS)
    assert [result.error for result in outcome.results] == [None] * len(IDS)
    assert len(came) == 6
    assert min(later - sooner for sooner, later in itertools.pairwise(came)) >= 0.06


@pytest.mark.parametrize(("code", "calls"), [(13, 1), (3, 1)])
def test_other_failures_of_groups_stand(fake: FakeServer, kind: str, code: int, calls: int) -> None:
    def fail_one(answers: list[Any]) -> list[Any]:
        answers[2].result.error.CopyFrom(status(code, "no", "INTERNAL"))
        return answers

    fake.stream = at_the_end(fail_one)

    outcome = read(kind, fake.target, GROUPS)

    assert [result.error is None for result in outcome.results].count(False) == 1
    assert fake.calls == calls
