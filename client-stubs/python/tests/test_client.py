# SPDX-License-Identifier: Apache-2.0
"""What a call sends and gives back."""

from __future__ import annotations

import threading
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    RequestTooLargeError,
    RolloutGroup,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2 as service

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], rollout_ids=["a0", "a1"]),
    RolloutGroup("b", ["three"], [None]),
]


def test_compute_returns_arrays_in_order(client: AdvantageClient) -> None:
    first, second = client.compute(GROUPS, config={"estimator": "grpo"})

    assert (first.group_id, second.group_id) == ("a", "b")
    assert first.advantages.dtype == np.float64
    np.testing.assert_array_equal(first.advantages, [0.0, 1.0])
    np.testing.assert_array_equal(first.credits, [1.0, 0.0])
    np.testing.assert_array_equal(first.scaled_credits, [2.0, 0.0])
    np.testing.assert_array_equal(first.included, [True, True])
    np.testing.assert_array_equal(second.included, [False])
    np.testing.assert_array_equal(first.tokens, [3, 3])
    np.testing.assert_array_equal(first.nearest_correct, [-1, -1])
    assert np.isnan(first.nearest_similarity).all()
    assert first.team_value == 1.0
    assert first.signal == "ok"
    assert first.credit_method == "exact"
    assert first.diversity is None
    assert first.config == {"estimator": "grpo"}
    assert first.model.name == "fake"


def test_compute_sends_request_id_and_output(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS, request_id="step-7", diversity=False)
    client.compute(GROUPS)

    assert fake.requests[0].request_id == "step-7"
    assert fake.requests[0].output.diversity is False
    assert fake.requests[1].output.diversity is True
    assert not fake.requests[1].output.metrics
    assert not fake.requests[1].output.HasField("cluster_threshold")
    assert not fake.requests[1].output.pass_at_k
    assert len(fake.requests[1].request_id) == 32


def test_compute_sends_what_is_to_be_measured(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(
        GROUPS,
        metrics=["clusters", "DIVERSITY_METRIC_SELF_BLEU"],
        cluster_threshold=0.5,
        pass_at_k=np.array([1, 4]),
    )

    output = fake.requests[0].output
    assert list(output.metrics) == [
        service.DIVERSITY_METRIC_CLUSTERS,
        service.DIVERSITY_METRIC_SELF_BLEU,
    ]
    assert output.cluster_threshold == 0.5
    assert list(output.pass_at_k) == [1, 4]


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        (
            {"metrics": ["distinct", "self_blue"]},
            ValueError,
            r"^metrics\[1\]: 'self_blue' \(expected: one of vendi_score, pairwise_distance, ",
        ),
        ({"metrics": "distinct"}, TypeError, r"^metrics: 'distinct' \(expected: a sequence of "),
        ({"metrics": [1]}, TypeError, r"^metrics\[0\]: 1 \(expected: a name\)$"),
        ({"pass_at_k": 4}, TypeError, r"^pass_at_k: 4 \(expected: whole numbers\)$"),
        ({"pass_at_k": [1.5]}, TypeError, r"^pass_at_k: \[1.5\] \(expected: whole numbers\)$"),
        ({"pass_at_k": [-1]}, ValueError, r"^pass_at_k: \[-1\] \(expected: each in \[1, 1024\]"),
    ],
)
def test_compute_options_that_cannot_be_sent_are_refused(
    fake: FakeServer,
    client: AdvantageClient,
    options: dict[str, Any],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind, match=message):
        client.compute(GROUPS, **options)
    assert fake.calls == 0


def test_compute_nothing_is_nothing(fake: FakeServer, client: AdvantageClient) -> None:
    assert client.compute([]) == []
    assert fake.calls == 0


def test_compute_reads_any_iterable_once(client: AdvantageClient) -> None:
    assert len(client.compute(group for group in GROUPS)) == 2


def test_parts_of_a_call_with_a_long_id_have_ids_that_servers_take(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_groups_per_request = 1

    client.compute(GROUPS, request_id="x" * 128)

    ids = {request.request_id for request in fake.requests}
    assert len(ids) == len(GROUPS)
    assert all(len(each) == 64 for each in ids)


def test_compute_over_group_limit_is_split_and_joined(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_groups_per_request = 2
    groups = [RolloutGroup(str(i), ["x"] * (i + 1), [1.0] * (i + 1)) for i in range(5)]

    results = client.compute(groups, request_id="r")

    assert sorted(len(request.groups) for request in fake.requests) == [1, 2, 2]
    # Each has other content, and so another id.
    assert {request.request_id for request in fake.requests} == {"r.1", "r.2", "r.3"}
    assert [result.group_id for result in results] == ["0", "1", "2", "3", "4"]
    assert [len(result.advantages) for result in results] == [1, 2, 3, 4, 5]


def test_compute_over_byte_limit_is_split(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_message_bytes = 1000
    groups = [RolloutGroup(str(i), ["x" * 400], [1.0]) for i in range(4)]

    assert len(client.compute(groups)) == 4
    assert [len(request.groups) for request in fake.requests] == [2, 2]
    assert all(request.ByteSize() <= 1000 for request in fake.requests)


def test_compute_group_over_byte_limit_is_refused(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_message_bytes = 1000

    with pytest.raises(RequestTooLargeError, match=r"^groups\[0\]: \d+ bytes"):
        client.compute([RolloutGroup("a", ["x" * 2000], [1.0])])
    assert fake.calls == 0


def test_compute_twin_ids_are_refused(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^group_id: 'a' twice \(expected: distinct ids\)$"):
        client.compute([GROUPS[0], GROUPS[0]])


def test_compute_asks_for_limits_once(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)
    client.compute(GROUPS)

    assert fake.info_calls == 1


def test_compute_forgets_limits_when_input_is_refused(
    fake: FakeServer, client: AdvantageClient
) -> None:
    client.compute(GROUPS)
    fake.failures.append((grpc.StatusCode.RESOURCE_EXHAUSTED, None))
    with pytest.raises(RequestTooLargeError):
        client.compute(GROUPS)

    client.compute(GROUPS)

    assert fake.info_calls == 2


def test_compute_from_many_threads(client: AdvantageClient) -> None:
    sizes: dict[int, int] = {}

    def work(n: int) -> None:
        (result,) = client.compute([RolloutGroup("g", ["x"] * n, [1.0] * n)])
        sizes[n] = len(result.advantages)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sizes == {n: n for n in range(1, 17)}


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ({"request_id": 7}, r"request_id: 7 \(expected: a str\)"),
        ({"model": 7}, r"model: 7 \(expected: a str\)"),
        ({"cluster_threshold": "a"}, r"cluster_threshold: 'a' \(expected: number\)"),
    ],
)
def test_option_of_another_type_is_named(
    client: AdvantageClient, option: dict[str, Any], told: str
) -> None:
    with pytest.raises(TypeError, match=f"^{told}$"):
        client.compute([], **option)
    if "cluster_threshold" not in option:
        with pytest.raises(TypeError, match=f"^{told}$"):
            client.submit(["a"], **option)
