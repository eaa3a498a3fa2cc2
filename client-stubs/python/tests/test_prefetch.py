# SPDX-License-Identifier: Apache-2.0
"""Texts submitted ahead of their groups."""

from __future__ import annotations

import hashlib

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status
from gsm8k import GROUPS as REAL_GROUPS

from gcpo_advantage import (
    AdvantageClient,
    InvalidAnswerError,
    PreconditionError,
    RolloutGroup,
    UnavailableError,
)

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], golden_answer="gold"),
    RolloutGroup("b", ["three"], [1.0]),
]


def test_submit_returns_the_hashes(client: AdvantageClient, fake: FakeServer) -> None:
    expected = [hashlib.sha256(text.encode()).digest() for text in ("one", "zwölf")]

    assert client.submit(["one", "zwölf"], truncation_policy="keep_head") == expected
    (request,) = fake.requests
    assert list(request.texts) == ["one", "zwölf"]
    assert request.truncation_policy == 3


def test_submit_nothing_sends_nothing(client: AdvantageClient, fake: FakeServer) -> None:
    assert client.submit([]) == []
    assert client.submit_async([]).result(timeout=20) == []
    assert fake.calls == 0


def test_submit_async_returns_the_hashes(client: AdvantageClient) -> None:
    expected = [hashlib.sha256(b"one").digest()]

    assert client.submit_async(["one"]).result(timeout=20) == expected


def test_submit_async_failure_is_typed(client: AdvantageClient, fake: FakeServer) -> None:
    refusal = status(9, "no cache", "CACHE_DISABLED")
    fake.failures = [(grpc.StatusCode.FAILED_PRECONDITION, refusal)]

    with pytest.raises(PreconditionError) as caught:
        client.submit_async(["one"]).result(timeout=20)

    assert caught.value.reason == "CACHE_DISABLED"


def test_submit_async_cancelled_ends(client: AdvantageClient, fake: FakeServer) -> None:
    fake.released.clear()

    future = client.submit_async(["one"])

    assert future.cancel()
    assert future.cancelled()


def test_submit_other_hashes_are_refused(client: AdvantageClient, fake: FakeServer) -> None:
    def distort(answer: object) -> None:
        answer.content_sha256[0] = b"x" * 32  # type: ignore[attr-defined]

    fake.distort = distort

    with pytest.raises(InvalidAnswerError):
        client.submit(["one"])
    with pytest.raises(InvalidAnswerError):
        client.submit_async(["one"]).result(timeout=20)


def test_submit_unsendable_texts_are_refused(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"texts\[0\] \(expected: text with a UTF-8 form\)"):
        client.submit(["\ud800"])
    with pytest.raises(ValueError, match="texts: a str"):
        client.submit("one")


def test_compute_prefetched_sends_hashes_only(client: AdvantageClient, fake: FakeServer) -> None:
    client.submit(["one", "two", "three"])

    results = client.compute(GROUPS, prefetched=True)

    _, request = fake.requests
    sent = [rollout for group in request.groups for rollout in group.rollouts]
    assert [rollout.WhichOneof("content") for rollout in sent] == ["content_sha256"] * 3
    assert not any(rollout.HasField("kernel_text") for rollout in sent)
    assert request.groups[0].golden_answer == "gold"
    np.testing.assert_array_equal(results[0].advantages, [0.0, 1.0])


def test_compute_prefetched_sends_texts_that_are_lacking(
    client: AdvantageClient, fake: FakeServer
) -> None:
    client.submit(["one", "two"])

    results = client.compute(GROUPS, prefetched=True)

    _, hashed, again = fake.requests
    assert hashed.groups[1].rollouts[0].content_sha256
    assert [group.group_id for group in again.groups] == ["b"]
    assert again.groups[0].rollouts[0].text == "three"
    assert again.request_id == f"{hashed.request_id}.texts"  # as its content differs
    assert [result.group_id for result in results] == ["a", "b"]
    np.testing.assert_array_equal(results[1].advantages, [0.0])


def test_compute_prefetched_unreachable_is_unavailable(
    client: AdvantageClient, fake: FakeServer
) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 4

    with pytest.raises(UnavailableError):
        client.compute(GROUPS, prefetched=True, timeout=0.5)


@pytest.mark.server
def test_real_prefetched_answers_are_those_by_text(real: AdvantageClient) -> None:
    pending = [real.submit_async(group.texts or ()) for group in REAL_GROUPS]
    for future in pending:
        future.result(timeout=60)

    by_hash = real.compute(REAL_GROUPS, prefetched=True)
    by_text = real.compute(REAL_GROUPS)

    for hashed, plain in zip(by_hash, by_text, strict=True):
        np.testing.assert_array_equal(hashed.advantages, plain.advantages)
        np.testing.assert_array_equal(hashed.tokens, plain.tokens)


@pytest.mark.server
def test_real_texts_never_submitted_are_sent(real: AdvantageClient) -> None:
    group = RolloutGroup("new", ["never submitted, 1", "never submitted, 2"], [1.0, 0.0])

    (result,) = real.compute([group], prefetched=True)

    assert result.tokens.min() > 0


@pytest.mark.server
def test_real_text_submitted_for_a_kernel_gives_the_same(real: AdvantageClient) -> None:
    config = {"kernel": "lexical", "truncation_policy": "keep_head"}
    group = RolloutGroup("k", ["one two three", "three two one"], [1.0, 1.0])
    real.submit(group.texts or (), config=config)

    (hashed,) = real.compute([group], config=config, prefetched=True, similarity=True)
    (plain,) = real.compute([group], config=config, similarity=True)

    np.testing.assert_array_equal(hashed.similarity, plain.similarity)
    np.testing.assert_array_equal(hashed.credits, plain.credits)
