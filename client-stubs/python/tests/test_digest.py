# SPDX-License-Identifier: Apache-2.0
"""The digest of what was asked, against a twin, and answers with another."""

from __future__ import annotations

import hashlib
import struct
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer
from gsm8k import GROUPS as REAL_GROUPS

from gcpo_advantage import AdvantageClient, InvalidAnswerError, RolloutGroup
from gcpo_advantage._digest import input_sha256

EMBEDDINGS = np.arange(6, dtype=np.float32).reshape(3, 2)


def twin(contents: list[bytes | None], rewards: list[float | None]) -> str:
    """Of contents as they are in bytes, by the letter of the contract."""
    text = ""
    for content, reward in zip(contents, rewards, strict=True):
        text += hashlib.sha256(content).hexdigest() if content is not None else "00" * 32
        text += "ff" * 8 if reward is None else struct.pack("<d", reward).hex()
    return hashlib.sha256(bytes.fromhex(text)).hexdigest()


@pytest.mark.parametrize(
    ("contents", "raw"),
    [
        ({"texts": ["one", "", "zwölf 💡"]}, [b"one", b"", "zwölf 💡".encode()]),
        ({"embeddings": EMBEDDINGS}, [row.astype("<f4").tobytes() for row in EMBEDDINGS]),
        ({"embeddings": EMBEDDINGS.astype(">f8")}, [row.tobytes() for row in EMBEDDINGS]),
        ({}, [None, None, None]),
    ],
)
@pytest.mark.parametrize("rewards", [[1.0, 0.0, -0.0], [None, 1e-300, float("nan")]])
def test_digest_is_the_contracts(
    contents: dict[str, Any], raw: list[bytes | None], rewards: list[float | None]
) -> None:
    group = RolloutGroup("a", rewards=rewards, **contents)
    known = [None if reward is None or reward != reward else reward for reward in rewards]

    assert input_sha256(group.to_message()).hex() == twin(raw, known)


def test_digest_of_hashes_is_that_of_their_texts() -> None:
    texts = ["one", "two", "three"]
    hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
    by_text = RolloutGroup("a", texts, [1.0, 2.0, 3.0])
    by_hash = RolloutGroup("b", hashes=hashes, rewards=[1.0, 2.0, 3.0])

    expected = twin([text.encode() for text in texts], [1.0, 2.0, 3.0])

    for message in (by_text.to_message(), by_text.to_message(hashed=True), by_hash.to_message()):
        assert input_sha256(message).hex() == expected


@pytest.mark.parametrize(
    "change",
    [
        {"texts": ["two", "one"]},
        {"texts": ["one", "tw"]},
        {"rewards": [1.0, -0.0]},
        {"rewards": [1.0, None]},
        {"rewards": [0.0, 1.0]},
        {"texts": None},
    ],
)
def test_digest_tells_inputs_apart(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {"texts": ["one", "two"], "rewards": [1.0, 0.0]}

    assert input_sha256(RolloutGroup("a", **given).to_message()) != input_sha256(
        RolloutGroup("a", **{**given, **change}).to_message()
    )


@pytest.mark.parametrize("digest", [b"", b"0" * 32, b"short"])
@pytest.mark.parametrize("place", [0, 1])
def test_answer_to_another_question_is_refused(
    fake: FakeServer, client: AdvantageClient, digest: bytes, place: int
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        answer.results[place].advantages.input_sha256 = digest

    fake.distort = distort

    with pytest.raises(
        InvalidAnswerError,
        match=rf"^results\[{place}\].advantages.input_sha256: '{digest.hex()}' \(expected: '",
    ):
        client.compute([RolloutGroup("a", ["x"], [1.0]), RolloutGroup("b", ["y"], [1.0])])


def test_answers_that_changed_places_are_refused(fake: FakeServer, client: AdvantageClient) -> None:
    """Groups of one shape, whose ids alone were put right."""

    def swap(answer: Any) -> None:  # noqa: ANN401
        answer.results.reverse()
        for result, group_id in zip(answer.results, "ab", strict=True):
            result.group_id = group_id

    fake.distort = swap

    with pytest.raises(InvalidAnswerError, match="input_sha256"):
        client.compute([RolloutGroup("a", ["x"], [1.0]), RolloutGroup("b", ["y"], [1.0])])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("advantage", 0.5, r"rollouts\[1\].advantage: 0.5 \(expected: 0, as it is not included\)$"),
        ("included", True, r"rollouts\[1\].included: True \(expected: False, as it has no reward"),
    ],
)
def test_rollout_without_a_reward_counts_for_nothing(
    fake: FakeServer,
    client: AdvantageClient,
    name: str,
    value: Any,  # noqa: ANN401
    message: str,
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        setattr(answer.results[0].advantages.rollouts[1], name, value)

    fake.distort = distort

    with pytest.raises(InvalidAnswerError, match=message):
        client.compute([RolloutGroup("a", ["x", "y"], [1.0, None])])


@pytest.mark.server
def test_real_server_digests_alike(real: AdvantageClient) -> None:
    rewards: list[float | None] = [1.0, -0.0, None]
    groups = [
        *REAL_GROUPS,
        RolloutGroup("texts", ["", "zwölf 💡", "x"], rewards),
        RolloutGroup("embeddings", embeddings=EMBEDDINGS, rewards=rewards),
        RolloutGroup("rewards", rewards=rewards, config={"estimator": "grpo"}),
    ]

    assert len(real.compute(groups, diversity=False)) == len(groups)
    assert len(real.compute(groups[:-2], prefetched=True, diversity=False)) == len(groups) - 2
