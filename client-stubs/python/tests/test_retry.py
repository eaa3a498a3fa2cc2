# SPDX-License-Identifier: Apache-2.0
"""When a call is made again: the waits by a clock of the test's, then calls that meet failures."""

from __future__ import annotations

import logging
import pickle
import threading
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status
from google.rpc import error_details_pb2

from gcpo_advantage import (
    AdvantageClient,
    AdvantageError,
    DeadlineExceededError,
    RetryPolicy,
    RolloutGroup,
    ServerError,
    UnavailableError,
)
from gcpo_advantage.retry import Attempts

GROUPS = [RolloutGroup("a", ["one", "two"], [1.0, 0.0])]
QUICK = RetryPolicy(initial_backoff=0.01, max_backoff=0.05)


class Failure(grpc.RpcError):
    """What a stub raises."""

    def __init__(self, code: str = "UNAVAILABLE", **trailers: Any) -> None:  # noqa: ANN401
        super().__init__()
        self._code = grpc.StatusCode[code]
        self._trailers = tuple((name.replace("_", "-"), value) for name, value in trailers.items())

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return "away"

    def trailing_metadata(self) -> tuple[tuple[str, Any], ...]:
        return self._trailers


class Clock:
    """Stands still unless it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _attempts(seconds: float = 1e6, share: float = 1.0, **policy: Any) -> Attempts:  # noqa: ANN401
    return Attempts(
        RetryPolicy(**policy),
        1000.0 + seconds,
        clock=Clock(),
        uniform=lambda low, high: low + share * (high - low),
    )


def _asks_to_wait(seconds: float) -> Failure:
    details = status(14, "busy", "QUEUE_FULL")
    delay = error_details_pb2.RetryInfo()
    delay.retry_delay.FromMilliseconds(int(seconds * 1000))
    details.details.add().Pack(delay)
    return Failure(grpc_status_details_bin=details.SerializeToString())


def test_waits_grow_to_the_longest() -> None:
    attempts = _attempts(initial_backoff=0.2, multiplier=2, max_backoff=1)

    waits = [attempts.pause(Failure()) for _ in range(6)]

    assert waits == pytest.approx([0.2, 0.4, 0.8, 1, 1, 1])


def test_waits_are_at_least_half_of_that() -> None:
    attempts = _attempts(share=0.0, initial_backoff=0.2, multiplier=3, max_backoff=1)

    assert [attempts.pause(Failure()) for _ in range(3)] == pytest.approx([0.1, 0.3, 0.5])


def test_waits_are_drawn_from_the_whole_range() -> None:
    waits = [Attempts(RetryPolicy(), 1e12).pause(Failure()) for _ in range(300)]

    assert 0.1 <= min(waits) < 0.11
    assert 0.19 < max(waits) <= 0.2


def test_waits_of_a_large_multiplier_do_not_overflow() -> None:
    attempts = _attempts(initial_backoff=0.1, multiplier=1e300, max_backoff=2)

    assert [attempts.pause(Failure()) for _ in range(200)][1:] == [2.0] * 199


@pytest.mark.parametrize(("value", "seconds"), [("0", 0.2), ("1500", 1.5), ("90000", 90.0)])
def test_pushback_is_the_least_wait(value: str, seconds: float) -> None:
    assert _attempts().pause(Failure(grpc_retry_pushback_ms=value)) == seconds


def test_waits_grow_past_a_pushback_that_does_not() -> None:
    attempts = _attempts(share=0.5)

    waits = [attempts.pause(Failure(grpc_retry_pushback_ms="250")) for _ in range(4)]

    assert waits == pytest.approx([0.25, 0.3, 0.6, 1.2])


def test_pushback_and_retry_info_the_later_counts() -> None:
    (details,) = _asks_to_wait(7).trailing_metadata()

    for pushback, seconds in (("1000", 7.0), ("9000", 9.0)):
        both = Failure(grpc_status_details_bin=details[1], grpc_retry_pushback_ms=pushback)
        assert _attempts().pause(both) == seconds


@pytest.mark.parametrize("value", ["-1", "soon", "1.5", "", "9" * 400])
def test_pushback_that_is_negative_or_unreadable_ends_the_attempts(value: str) -> None:
    with pytest.raises(UnavailableError, match=r"^UNAVAILABLE: away$"):
        _attempts().pause(Failure(grpc_retry_pushback_ms=value))


def test_retry_info_is_the_least_wait() -> None:
    assert _attempts().pause(_asks_to_wait(7)) == 7.0
    assert _attempts().pause(_asks_to_wait(0.001)) == 0.2


def test_retry_info_beyond_the_deadline_ends_the_attempts() -> None:
    with pytest.raises(UnavailableError) as caught:
        _attempts(seconds=5).pause(_asks_to_wait(7))

    assert caught.value.retry_delay == 7.0
    assert caught.value.reason == "QUEUE_FULL"


def test_max_attempts_counts_the_first_one() -> None:
    attempts = _attempts(max_attempts=3)
    attempts.pause(Failure())
    attempts.pause(Failure())

    with pytest.raises(UnavailableError, match=r"^UNAVAILABLE: away \(attempt 3\)$"):
        attempts.pause(Failure())
    with pytest.raises(UnavailableError, match=r"^UNAVAILABLE: away$"):
        _attempts(max_attempts=1).pause(Failure())


def test_no_time_for_another_attempt_is_the_last_failure() -> None:
    attempts = _attempts(seconds=0.5)
    attempts.pause(Failure())
    attempts.pause(Failure())

    with pytest.raises(UnavailableError, match=r"^UNAVAILABLE: away \(attempt 3\)$"):
        attempts.pause(Failure())


def test_timeout_before_the_first_attempt() -> None:
    assert _attempts(seconds=2).remaining() == 2.0
    with pytest.raises(DeadlineExceededError, match=r"^timeout: over before the request was sent"):
        _attempts(seconds=0).remaining()


def test_time_that_ran_out_in_a_wait_is_the_failure_before_it() -> None:
    clock = Clock()
    attempts = Attempts(RetryPolicy(), 1001.0, clock=clock)
    attempts.pause(Failure())
    clock.now = 1002.0  # a machine under load sleeps longer than it was told to

    with pytest.raises(UnavailableError, match=r"^UNAVAILABLE: away$"):
        attempts.remaining()


def test_timeout_after_failures_says_what_they_were() -> None:
    attempts = _attempts()
    attempts.pause(Failure())
    attempts.pause(Failure())

    with pytest.raises(DeadlineExceededError) as caught:
        attempts.pause(Failure("DEADLINE_EXCEEDED"))

    text = "DEADLINE_EXCEEDED: away (attempt 3; before, UNAVAILABLE: away)"
    assert str(caught.value) == text
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.code, type(copy)) == (text, "DEADLINE_EXCEEDED", DeadlineExceededError)


@pytest.mark.parametrize("code", [each.name for each in grpc.StatusCode if each.value[0]])
def test_two_codes_are_tried_again(code: str) -> None:
    attempts = _attempts()

    if code in ("UNAVAILABLE", "CANCELLED"):
        assert attempts.pause(Failure(code)) == 0.2
    else:
        with pytest.raises(AdvantageError, match=f"^{code}: away$"):
            attempts.pause(Failure(code))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"initial_backoff": 0}, r"^retry.initial_backoff: 0 \(expected: finite, >= 1e-06\)$"),
        ({"initial_backoff": float("nan")}, r"^retry.initial_backoff: nan "),
        ({"max_backoff": 0.1}, r"^retry.max_backoff: 0.1 \(expected: finite, >= 0.2\)$"),
        ({"max_backoff": float("inf")}, r"^retry.max_backoff: inf "),
        ({"multiplier": 0.5}, r"^retry.multiplier: 0.5 \(expected: finite, >= 1.0\)$"),
        ({"max_attempts": 0}, r"^retry.max_attempts: 0 \(expected: >= 1\)$"),
    ],
)
def test_policy_out_of_range_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RetryPolicy(**values)


def test_call_outlasts_many_failures(fake: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 8
    fake.failures[3] = (grpc.StatusCode.CANCELLED, None)
    seen: list[Any] = []
    fake.on_call = lambda request, context: seen.append(request)

    with AdvantageClient(fake.target, retry=QUICK) as client, caplog.at_level(logging.INFO):
        (result,) = client.compute(GROUPS)

    np.testing.assert_array_equal(result.advantages, [0.0, 1.0])
    assert fake.calls == 9
    # The id included: an attempt that comes while another is worked on joins it.
    assert all(request == seen[0] for request in seen)
    assert seen[0].request_id
    ours = [record for record in caplog.records if record.name == "gcpo_advantage"]
    assert [record.levelno for record in ours] == [logging.WARNING] + [logging.INFO] * 7
    assert ours[2].getMessage().startswith("UNAVAILABLE: told to fail (attempt 3); tried again in")


def test_call_does_not_repeat_a_defect(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None), (grpc.StatusCode.INTERNAL, None)]

    with (
        AdvantageClient(fake.target, retry=QUICK) as client,
        pytest.raises(ServerError, match=r"^INTERNAL: told to fail \(attempt 2; before, UNAVAIL"),
    ):
        client.compute(GROUPS)
    assert fake.calls == 2


def test_call_heeds_the_servers_pushback(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 2
    fake.pushback = "-1"

    with AdvantageClient(fake.target, retry=QUICK) as client:
        with pytest.raises(UnavailableError):
            client.compute(GROUPS)
        assert fake.calls == 1
        fake.pushback = "0"
        assert len(client.compute(GROUPS)) == 1


def test_call_of_40_megabytes_is_repeated_whole(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 2
    text = "x" * (40 << 20)

    with AdvantageClient(fake.target, retry=QUICK) as client:
        (result,) = client.compute([RolloutGroup("a", [text], [1.0])])

    assert fake.calls == 3
    assert result.tokens[0] == len(text)


def test_call_outlasts_a_restart_of_the_server(fake: FakeServer) -> None:
    fake.released.clear()
    arrived = threading.Event()
    fake.on_call = lambda request, context: arrived.set()
    found: list[Any] = []

    with AdvantageClient(fake.target, timeout=60, retry=QUICK) as client:
        waiting = threading.Thread(target=lambda: found.extend(client.compute(GROUPS)))
        waiting.start()
        assert arrived.wait(20)
        fake.stop()
        again = FakeServer(fake.port)
        waiting.join(30)
        again.stop()

    assert [result.group_id for result in found] == ["a"]
