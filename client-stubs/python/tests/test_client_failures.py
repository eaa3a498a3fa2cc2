# SPDX-License-Identifier: Apache-2.0
"""What becomes of calls and groups that fail."""

from __future__ import annotations

import pickle
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status

from gcpo_advantage import (
    AdvantageClient,
    AdvantageError,
    AuthenticationError,
    DeadlineExceededError,
    FieldViolation,
    GroupResult,
    InvalidRequestError,
    PreconditionError,
    QuotaExceededError,
    RequestTooLargeError,
    RolloutGroup,
    ServerError,
    UnavailableError,
)

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], rollout_ids=["a0", "a1"]),
    RolloutGroup("b", ["three"], [None]),
]


def test_compute_large_request_survives_one_unavailable(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.failures.append((grpc.StatusCode.UNAVAILABLE, None))

    (result,) = client.compute([RolloutGroup("a", ["x" * (4 << 20)], [1.0])])

    np.testing.assert_array_equal(result.advantages, [0.0])
    assert fake.calls == 2


def test_compute_other_failures_are_not_repeated(fake: FakeServer, client: AdvantageClient) -> None:
    fake.failures.append((grpc.StatusCode.INTERNAL, None))

    with pytest.raises(ServerError, match=r"^INTERNAL: told to fail$"):
        client.compute(GROUPS)
    assert fake.calls == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.INVALID_ARGUMENT, InvalidRequestError),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, RequestTooLargeError),
        (grpc.StatusCode.FAILED_PRECONDITION, PreconditionError),
        (grpc.StatusCode.UNAUTHENTICATED, AuthenticationError),
        (grpc.StatusCode.PERMISSION_DENIED, AuthenticationError),
        (grpc.StatusCode.UNIMPLEMENTED, AdvantageError),
    ],
)
def test_compute_failures_have_types(
    fake: FakeServer, client: AdvantageClient, code: grpc.StatusCode, kind: type[AdvantageError]
) -> None:
    fake.failures.append((code, None))

    with pytest.raises(AdvantageError) as caught:
        client.compute(GROUPS)

    assert type(caught.value) is kind
    assert caught.value.code == code.name


def test_compute_over_quota_waits_as_the_server_says_then_has_its_own_type(
    fake: FakeServer, client: AdvantageClient
) -> None:
    refused = (grpc.StatusCode.RESOURCE_EXHAUSTED, status(8, "5 calls a second", "QUOTA"))
    fake.failures = [refused, refused]
    fake.pushback = "1"

    assert len(client.compute(GROUPS)) == 2
    assert fake.calls == 3

    fake.failures = [refused]
    fake.pushback = "3600000"
    with pytest.raises(QuotaExceededError, match=r"^RESOURCE_EXHAUSTED: 5 calls a sec") as caught:
        client.compute(GROUPS)
    assert fake.calls == 4
    assert caught.value.reason == "QUOTA"
    assert isinstance(caught.value, UnavailableError)


def test_compute_message_over_a_limit_is_not_sent_again(
    fake: FakeServer, client: AdvantageClient
) -> None:
    refused = (grpc.StatusCode.RESOURCE_EXHAUSTED, status(8, "too large", "LIMIT"))
    fake.failures = [refused]
    fake.pushback = "0"

    with pytest.raises(RequestTooLargeError):
        client.compute(GROUPS)
    assert fake.calls == 1


def test_compute_failure_carries_reason_and_fields(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 1
    details = status(3, "bad", "INVALID_FIELD", "groups[0].rollouts[2].reward")
    fake.distort = lambda answer: fake.failures.append((grpc.StatusCode.INVALID_ARGUMENT, details))

    # One connection, one request after the other.
    with (
        AdvantageClient(fake.target, connections=1) as client,
        pytest.raises(InvalidRequestError) as caught,
    ):
        client.compute(GROUPS)

    assert caught.value.reason == "INVALID_FIELD"
    # The second request's first group is the caller's second.
    assert caught.value.violations == (
        FieldViolation("groups[1].rollouts[2].reward", "NaN (expected: finite)"),
    )
    assert str(caught.value) == (
        "INVALID_ARGUMENT: bad\n  groups[1].rollouts[2].reward: NaN (expected: finite)"
    )


def test_compute_unreachable_server_is_unavailable(fake: FakeServer) -> None:
    fake.stop()

    with AdvantageClient(fake.target, timeout=1) as late, pytest.raises(UnavailableError):
        late.compute(GROUPS)


def test_compute_ends_at_its_timeout(fake: FakeServer, client: AdvantageClient) -> None:
    fake.released.clear()

    with pytest.raises(DeadlineExceededError):
        client.compute(GROUPS, timeout=0.3)
    with pytest.raises(TimeoutError):
        client.embed(["a"], timeout=0.3)


def _fail_second(answer: Any) -> None:  # noqa: ANN401
    answer.results[1].error.CopyFrom(
        status(3, "no good", "INVALID_FIELD", "groups[1].rollouts[0].reward")
    )


def test_compute_group_error_is_raised_with_all_results(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = _fail_second

    with pytest.raises(InvalidRequestError) as caught:
        client.compute(GROUPS)

    error = caught.value
    assert error.group_id == "b"
    assert error.violations[0].field == "groups[1].rollouts[0].reward"
    assert error.results is not None
    np.testing.assert_array_equal(error.results[0].advantages, [0.0, 1.0])


def test_compute_group_error_is_returned_and_never_zero(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = _fail_second

    good, bad = client.compute(GROUPS, on_group_error="return")

    good.raise_for_error()
    assert good.error is None
    assert isinstance(bad.error, InvalidRequestError)
    with pytest.raises(InvalidRequestError):
        bad.raise_for_error()
    names = [name for name, value in vars(GroupResult).items() if isinstance(value, property)]
    assert len(names) == 26
    for name in names:
        with pytest.raises(InvalidRequestError):
            getattr(bad, name)


def test_compute_unknown_choice_is_refused(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^on_group_error: 'ignore'"):
        client.compute(GROUPS, on_group_error="ignore")  # type: ignore[arg-type]


def test_results_and_errors_are_picklable(fake: FakeServer, client: AdvantageClient) -> None:
    fake.distort = _fail_second

    good, bad = pickle.loads(pickle.dumps(client.compute(GROUPS, on_group_error="return")))

    np.testing.assert_array_equal(good.advantages, [0.0, 1.0])
    assert isinstance(bad.error, InvalidRequestError)
    assert bad.error.reason == "INVALID_FIELD"
    assert bad.error.violations[0].field == "groups[1].rollouts[0].reward"
    assert "no good" in repr(bad)
    assert repr(good) == "GroupResult('a', ok, advantages=[0. 1.])"
