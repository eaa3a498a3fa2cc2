# SPDX-License-Identifier: Apache-2.0
"""A call whose estimator normalises over the request is one request or none."""

from __future__ import annotations

from typing import Any

import pytest
from fake_server import FakeServer, status

from gcpo_advantage import AdvantageClient, InvalidAnswerError, RequestTooLargeError, RolloutGroup
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2

GROUPS = [RolloutGroup(str(i), rewards=[1.0, 0.0]) for i in range(3)]
BATCH = {"estimator": "gpg"}


def test_batch_that_fits_is_one_request(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 3

    client.compute(GROUPS, config=BATCH)

    assert [len(request.groups) for request in fake.requests] == [3]


def test_batch_over_the_group_limit_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 2

    with pytest.raises(
        RequestTooLargeError,
        match=r"^groups: 2 requests \(expected: one, as gpg normalises over all groups of a"
        r" request; of 2 groups and 67108864 bytes at most\)$",
    ):
        client.compute(GROUPS, config=BATCH)
    assert fake.calls == 0


def test_batch_over_the_byte_limit_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 0
    fake.limits.max_message_bytes = 1000
    groups = [RolloutGroup(str(i), ["x" * 400], [1.0]) for i in range(3)]

    with pytest.raises(RequestTooLargeError, match=r"of any number of groups and 1000 bytes at "):
        client.compute(groups, config=BATCH)
    assert fake.calls == 0
    assert len(client.compute(groups, config={"estimator": "grpo"})) == 3


def test_batch_of_one_group_alone_is_refused_too(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 2
    own = RolloutGroup("own", rewards=[1.0], config=BATCH)

    with pytest.raises(RequestTooLargeError, match="gpg"):
        client.compute([*GROUPS, own], config={"estimator": "grpo"})


def test_batch_config_that_every_group_overrides_may_be_split(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_groups_per_request = 2
    groups = [
        RolloutGroup(str(i), rewards=[1.0, 0.0], config={"estimator": "grpo"}) for i in range(3)
    ]

    assert len(client.compute(groups, config=BATCH)) == 3


def test_batch_by_the_servers_default_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 2
    fake.default_estimator = config_pb2.ESTIMATOR_GPG

    with pytest.raises(RequestTooLargeError, match="gpg"):
        client.compute(GROUPS)
    with pytest.raises(RequestTooLargeError, match="gpg"):
        client.compute(GROUPS, config={"importance": {}})


def test_refused_batch_asks_for_the_limits_anew(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_groups_per_request = 2
    with pytest.raises(RequestTooLargeError):
        client.compute(GROUPS, config=BATCH)

    fake.limits.max_groups_per_request = 3

    assert len(client.compute(GROUPS, config=BATCH)) == 3


def _as_batch(answer: Any) -> None:  # noqa: ANN401
    for result in answer.results:
        result.advantages.batch_groups = len(answer.results)


def test_part_of_a_batch_is_refused_though_the_server_did_not_say_it_is_one(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_groups_per_request = 2
    fake.batch_level = []
    fake.distort = _as_batch

    with pytest.raises(
        InvalidAnswerError,
        match=r"^results\[0\].advantages.batch_groups: 2 \(expected: 0, as the call was sent in",
    ):
        client.compute(GROUPS, config=BATCH)

    # What the server says of itself is asked for anew.
    fake.batch_level = [config_pb2.ESTIMATOR_GPG]
    with pytest.raises(RequestTooLargeError):
        client.compute(GROUPS, config=BATCH)


def test_batch_size_is_told(fake: FakeServer, client: AdvantageClient) -> None:
    fake.distort = _as_batch

    assert [result.batch_groups for result in client.compute(GROUPS, config=BATCH)] == [3, 3, 3]


def test_batch_of_what_is_left_may_be_asked_for_again(
    fake: FakeServer, client: AdvantageClient
) -> None:
    """One group has no text on the server, and the only other one is refused."""

    def distort(answer: Any) -> None:  # noqa: ANN401
        for result in answer.results:
            if result.group_id == "refused":
                result.error.CopyFrom(status(3, "no good", "INVALID_FIELD"))
            elif result.WhichOneof("outcome") == "advantages":
                result.advantages.batch_groups = 1

    fake.distort = distort
    groups = [RolloutGroup("lacking", ["never seen"], [1.0]), RolloutGroup("refused", ["y"], [1.0])]

    first, second = client.compute(groups, config=BATCH, prefetched=True, on_group_error="return")

    assert first.batch_groups == 1
    assert second.error is not None
    assert second.error.reason == "INVALID_FIELD"


def test_batch_that_lacks_a_text_is_asked_for_whole(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = _as_batch_of_good
    client.submit(["known"])
    groups = [RolloutGroup("a", ["known"], [1.0]), RolloutGroup("b", ["never seen"], [1.0])]

    results = client.compute(groups, config=BATCH, prefetched=True)

    assert [result.batch_groups for result in results] == [2, 2]
    assert [len(request.groups) for request in fake.requests[1:]] == [2, 2]


def _as_batch_of_good(answer: Any) -> None:  # noqa: ANN401
    if hasattr(answer, "results"):
        good = [each for each in answer.results if each.WhichOneof("outcome") == "advantages"]
        for result in good:
            result.advantages.batch_groups = len(good)
