# SPDX-License-Identifier: Apache-2.0
"""Calls that name one of the server's models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status
from real_server import RealServer

from gcpo_advantage import (
    AdvantageClient,
    InvalidAnswerError,
    ModelInfo,
    PreconditionError,
    RolloutGroup,
)

GROUPS = [RolloutGroup("a", ["one", "two"], [1.0, 0.0])]

# 202 tokens: more than one window of 128, less than one of 256.
LONG = "one sure step after another, " * 33 + "end."

CALLS: list[Callable[..., Any]] = [
    lambda client, **options: client.compute(GROUPS, **options),
    lambda client, **options: client.embed(["one"], **options),
    lambda client, **options: client.submit(["one"], **options),
    lambda client, **options: client.submit_async(["one"], **options).result(timeout=60),
]
every_call = pytest.mark.parametrize("call", CALLS, ids=["compute", "embed", "submit", "async"])


@every_call
def test_model_is_sent(fake: FakeServer, client: AdvantageClient, call: Callable[..., Any]) -> None:
    call(client, model="wide")
    call(client)

    assert [request.model for request in fake.requests] == ["wide", ""]


@every_call
def test_answer_of_another_model_is_refused(
    fake: FakeServer, client: AdvantageClient, call: Callable[..., Any]
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        answer.model.name = "other"

    fake.distort = distort

    with pytest.raises(InvalidAnswerError, match=r"^model.name: 'other' \(expected: 'wide'\)$"):
        call(client, model="wide")
    call(client)


@every_call
def test_unknown_model_is_a_precondition(
    fake: FakeServer, client: AdvantageClient, call: Callable[..., Any]
) -> None:
    refusal = status(5, "model: not here (expected: fake or wide)", "MODEL_NOT_FOUND")
    fake.failures = [(grpc.StatusCode.NOT_FOUND, refusal)]

    with pytest.raises(PreconditionError, match="fake or wide") as caught:
        call(client, model="none")

    assert (caught.value.code, caught.value.reason) == ("NOT_FOUND", "MODEL_NOT_FOUND")


def test_compute_names_the_model_in_every_request(
    fake: FakeServer, client: AdvantageClient
) -> None:
    client.info()
    fake.limits.max_groups_per_request = 1
    client.info()
    groups = [*GROUPS, RolloutGroup("b", ["three"], [1.0])]

    results = client.compute(groups, model="wide")

    assert [request.model for request in fake.requests] == ["wide", "wide"]
    assert {result.model.name for result in results} == {"wide"}


def test_prefetched_texts_are_sent_again_to_the_same_model(
    fake: FakeServer, client: AdvantageClient
) -> None:
    client.submit(["one"], model="wide")

    client.compute(GROUPS, model="wide", prefetched=True)

    _, hashed, again = fake.requests
    assert hashed.groups[0].rollouts[1].content_sha256
    assert again.groups[0].rollouts[1].text == "two"
    assert (hashed.model, again.model) == ("wide", "wide")


def test_embed_nothing_has_the_width_of_the_model_asked_for(client: AdvantageClient) -> None:
    assert client.embed([], model="wide").shape == (0, 6)
    with pytest.raises(PreconditionError, match=r"^model: 'no' \(expected: fake or wide\)$"):
        client.embed([], model="no")


def test_info_lists_the_models(client: AdvantageClient) -> None:
    fake, wide = client.info().models

    assert isinstance(fake, ModelInfo)
    assert (fake.identity.name, wide.identity.name) == ("fake", "wide")
    assert wide.identity.dimension == 6
    assert wide.engine == "abacus 1 (hand)"
    assert wide.reason == "wide counts"
    assert (fake.deterministic, wide.deterministic) == (True, False)


@pytest.fixture(scope="module")
def two_models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdvantageClient]:
    """The model of the distribution with windows of 256 and of 128 tokens."""
    started = RealServer.start(
        tmp_path_factory.mktemp("models"),
        {
            "embedding.models": "all-MiniLM-L6-v2, narrow",
            "models.narrow.directory": str(RealServer.model_directory()),
            "models.narrow.max-input-tokens": "128",
        },
    )
    with AdvantageClient(started.target) as client:
        yield client
    started.stop()


@pytest.mark.server
def test_real_models_are_listed(two_models: AdvantageClient) -> None:
    info = two_models.info()

    assert [model.identity.name for model in info.models] == ["all-MiniLM-L6-v2", "narrow"]
    assert [model.identity.max_input_tokens for model in info.models] == [256, 128]
    assert info.models[0].identity == info.model
    assert info.models[0].engine == info.engine
    assert info.models[0].reason == info.engine_reason
    assert all(model.deterministic for model in info.models)


@pytest.mark.server
def test_real_embeddings_are_those_of_the_model(two_models: AdvantageClient) -> None:
    default = two_models.embed([LONG, "short"])
    first = two_models.embed([LONG, "short"], model="all-MiniLM-L6-v2")
    second = two_models.embed([LONG, "short"], model="narrow")

    np.testing.assert_array_equal(first, default)
    np.testing.assert_allclose(second[1], first[1], rtol=0, atol=1e-6)
    assert np.abs(second[0] - first[0]).max() > 1e-4
    assert two_models.embed([], model="narrow").shape == (0, 384)


@pytest.mark.server
@pytest.mark.parametrize("model", [None, "all-MiniLM-L6-v2", "narrow"])
def test_real_prefetched_answers_are_the_models(
    two_models: AdvantageClient, model: str | None
) -> None:
    group = RolloutGroup("g", [LONG, f"submitted to {model}", "no"], [1.0, 1.0, 0.0])
    two_models.submit(group.texts or (), model=model)

    (hashed,) = two_models.compute([group], model=model, prefetched=True)
    (plain,) = two_models.compute([group], model=model)

    assert hashed.model.name == (model or "all-MiniLM-L6-v2")
    np.testing.assert_array_equal(hashed.credits, plain.credits)


@pytest.mark.server
def test_real_texts_of_another_model_are_sent_again(two_models: AdvantageClient) -> None:
    group = RolloutGroup("g", ["for the wide one alone", "and this"], [1.0, 0.0])
    two_models.submit(group.texts or (), model="all-MiniLM-L6-v2")

    (result,) = two_models.compute([group], model="narrow", prefetched=True)

    assert result.model.name == "narrow"
    assert result.tokens.min() > 0


@pytest.mark.server
@every_call
def test_real_unknown_model_is_a_precondition(
    two_models: AdvantageClient, call: Callable[..., Any]
) -> None:
    with pytest.raises(PreconditionError, match="all-MiniLM-L6-v2 or narrow") as caught:
        call(two_models, model="none")

    assert caught.value.reason == "MODEL_NOT_FOUND"
