# SPDX-License-Identifier: Apache-2.0
"""A client from its making to its end, and in other processes."""

from __future__ import annotations

import pickle

import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    RolloutGroup,
)

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], rollout_ids=["a0", "a1"]),
    RolloutGroup("b", ["three"], [None]),
]


def test_info_is_read(client: AdvantageClient) -> None:
    info = client.info()

    assert info.version == "fake"
    assert info.limits.max_groups_per_request == 100
    assert info.default_config == {"estimator": "gcpo_cooperative"}
    assert info.estimators[0].estimator == "grpo"
    assert info.estimators[0].parameters[0].default_value == "1e-6"
    assert (info.estimators[0].batch_level, info.estimators[0].inputs) == (False, ())
    assert info.estimators[1].batch_level
    assert info.estimators[1].inputs == ("similarity", "generated_tokens")
    assert [parameter.name for parameter in info.gold_parameters] == ["threshold"]
    assert [parameter.name for parameter in info.importance_parameters] == ["clip_low"]


def test_target_comes_from_the_environment(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    with AdvantageClient() as client:
        assert client.info().version == "fake"

    monkeypatch.delenv("GCPO_TARGET")
    with pytest.raises(ValueError, match=r"^target: None \(expected: host:port, here or in"):
        AdvantageClient()


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:1",
        "HTTPS://there:1",
        "grpc://there:1",
        "there:1\n",
        " ",
        "here:65536",
        "a:0",
    ],
)
def test_target_that_no_call_would_reach_is_refused_at_once(target: str) -> None:
    with pytest.raises(ValueError, match=r"^target: '.*' \(expected: host:port, or as gRPC has it"):
        AdvantageClient(target)


@pytest.mark.parametrize(
    "target",
    ["here:65535", "dns:///here:1", "unix:/run/my file", "ipv4:1.2.3.4:1,5.6.7.8:2", "[::1]:1"],
)
def test_target_may_be_anything_grpc_takes(target: str) -> None:
    with AdvantageClient(target) as client:
        assert client.target == target


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_timeout_must_be_positive(timeout: float) -> None:
    with pytest.raises(ValueError, match=r"^timeout: .* \(expected: seconds above 0\)$"):
        AdvantageClient("localhost:1", timeout=timeout)


def test_closed_client_refuses_calls(fake: FakeServer) -> None:
    client = AdvantageClient(fake.target)
    client.info()
    client.close()
    client.close()

    with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
        client.info()


def test_pickled_client_has_a_channel_of_its_own(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)

    with pickle.loads(pickle.dumps(client)) as copy:
        client.close()
        assert len(copy.compute(GROUPS)) == 2


def test_client_notices_that_it_is_in_another_process(
    client: AdvantageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.info()
    before = [client._channels.stub() for _ in range(3)]
    assert before[0] is before[2]
    assert before[0] is not before[1]

    monkeypatch.setattr("os.getpid", lambda: -1)

    assert client._channels.stub() not in before
