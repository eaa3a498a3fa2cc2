# SPDX-License-Identifier: Apache-2.0
"""Where answers come from, and that two servers' are never put together."""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import pytest
from fake_server import FakeServer, status

from gcpo_advantage import AdvantageClient, GroupResult, InvalidAnswerError, RolloutGroup

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

    with pytest.raises(InvalidAnswerError, match=r"^origin: .*'1\.\d+'"):
        client.compute(GROUPS)
    with pytest.raises(InvalidAnswerError, match=r"^origin: .*'1\.\d+'"):
        client.embed(["a", "b", "c"])


def test_parts_from_two_models_are_refused(fake: FakeServer, client: AdvantageClient) -> None:
    models = itertools.count()

    def rolling(answer: Any) -> None:  # noqa: ANN401
        answer.model.fingerprint = f"f{next(models)}"

    fake.distort = rolling

    with pytest.raises(InvalidAnswerError, match=r"^model.fingerprint: 'f\d+'"):
        client.compute(GROUPS)


class Rolling:
    """Says for some parts which versions answer them, one after the other; the last one stays.

    A part of groups goes by its first group's id, one of texts by how many there are.
    """

    def __init__(self, **versions: str) -> None:
        self._versions = {part[1:]: said.split() for part, said in versions.items()}

    def __call__(self, answer: Any) -> None:  # noqa: ANN401
        part = (
            answer.results[0].group_id
            if hasattr(answer, "results")
            else str(len(answer.embeddings_f32_le) // (4 * answer.model.dimension))
        )
        versions = self._versions[part]
        answer.origin.server_version = versions.pop(0) if len(versions) > 1 else versions[0]


def _versions(results: list[GroupResult]) -> set[str]:
    return {result.origin.server_version for result in results if result.origin is not None}


def test_parts_of_the_version_that_goes_are_asked_for_again(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = Rolling(p0="old new", p2="new")

    results = client.compute(GROUPS, request_id="r")

    assert _versions(results) == {"new"}
    assert len(fake.requests) == 3
    assert fake.requests[2].request_id == "r.again-1"
    assert [group.group_id for group in fake.requests[2].groups] == ["0", "1"]


def test_embeddings_of_the_version_that_goes_are_asked_for_again(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = Rolling(p2="old old new", p1="new")

    rows = client.embed(["a", "bb", "ccc"], request_id="r")

    assert rows[:, 0].tolist() == [1, 2, 3]
    ids = [request.request_id for request in fake.requests]
    assert ids[2:] == ["r.again-1.1", "r.again-2.1"]


def test_a_version_that_never_comes_back_is_not_waited_for(
    fake: FakeServer, client: AdvantageClient
) -> None:
    """The last part is by the old one, and so is wanted until it is seen to be gone."""
    fake.distort = Rolling(p0="new", p2="old new")

    results = client.compute(GROUPS)

    assert _versions(results) == {"new"}
    assert len(fake.requests) == 5


def test_a_repeat_by_a_newer_server_has_the_rest_asked_for_again(
    fake: FakeServer, client: AdvantageClient
) -> None:
    lost = ["1"]
    rolling = Rolling(p0="old new", p1="new", p2="old", p3="new")

    def restart(answer: Any) -> None:  # noqa: ANN401
        rolling(answer)
        for result in answer.results:
            if result.group_id in lost:
                lost.remove(result.group_id)
                result.error.CopyFrom(status(14, "lost", "WORKER_RESTARTING"))

    fake.distort = restart

    results = client.compute(GROUPS)

    assert _versions(results) == {"new"}
    assert [result.error for result in results] == [None] * 4


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
