# SPDX-License-Identifier: Apache-2.0
"""Where answers come from, and that two servers' are never put together."""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import pytest
from fake_server import FakeServer

from gcpo_advantage import AdvantageClient, InvalidAnswerError, RolloutGroup

GROUPS = [RolloutGroup(str(i), ["x", "y"], [1.0, 0.0]) for i in range(4)]


@pytest.fixture
def client(fake: FakeServer) -> Any:  # noqa: ANN401
    fake.limits.max_groups_per_request = 2
    fake.limits.max_texts_per_request = 2
    with AdvantageClient(fake.target) as client:
        yield client


def test_results_say_where_they_come_from(fake: FakeServer, client: AdvantageClient) -> None:
    def one_server(answer: Any) -> None:  # noqa: ANN401
        answer.origin.server_version = "1.2.0"
        answer.origin.engine = "onnxruntime"

    fake.distort = one_server

    results = client.compute(GROUPS)

    assert {result.origin and result.origin.server_version for result in results} == {"1.2.0"}
    assert pickle.loads(pickle.dumps(results[0])).origin == results[0].origin


def test_parts_from_two_versions_are_refused(fake: FakeServer, client: AdvantageClient) -> None:
    versions = itertools.count()

    def rolling(answer: Any) -> None:  # noqa: ANN401
        answer.origin.server_version = f"1.{next(versions)}"

    fake.distort = rolling

    with pytest.raises(InvalidAnswerError, match=r"^origin: .*1\.[01]"):
        client.compute(GROUPS)
    with pytest.raises(InvalidAnswerError, match=r"^origin: .*1\.[23]"):
        client.embed(["a", "b", "c"])


def test_parts_from_two_models_are_refused(fake: FakeServer, client: AdvantageClient) -> None:
    models = itertools.count()

    def rolling(answer: Any) -> None:  # noqa: ANN401
        answer.model.fingerprint = f"f{next(models)}"

    fake.distort = rolling

    with pytest.raises(InvalidAnswerError, match=r"^model.fingerprint: 'f[01]'"):
        client.compute(GROUPS)


def test_call_falls_back_where_that_was_asked_for(
    fake: FakeServer, client: AdvantageClient
) -> None:
    versions = itertools.count()

    def rolling(answer: Any) -> None:  # noqa: ANN401
        answer.origin.server_version = f"1.{next(versions)}"

    fake.distort = rolling

    results = client.compute(GROUPS, on_failure="zero")

    assert {result.fallback for result in results} == {"zero"}
    assert {result.origin for result in results} == {None}
