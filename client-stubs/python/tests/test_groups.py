# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from gcpo_advantage import RolloutGroup


def test_to_message_carries_everything() -> None:
    message = RolloutGroup(
        "g",
        ["a", ""],
        [1, 0.5],
        prompt="p",
        golden_answer="42",
        rollout_ids=["x", "y"],
        config={"alpha": 2},
    ).to_message()

    assert message.group_id == "g"
    assert [r.text for r in message.rollouts] == ["a", ""]
    assert [r.WhichOneof("content") for r in message.rollouts] == ["text", "text"]
    assert [r.reward for r in message.rollouts] == [1.0, 0.5]
    assert [r.rollout_id for r in message.rollouts] == ["x", "y"]
    assert (message.prompt, message.golden_answer) == ("p", "42")
    assert message.config.alpha == 2.0


def test_to_message_leaves_out_what_is_not_given() -> None:
    message = RolloutGroup("g", ["a"], [1.0]).to_message()

    assert not message.HasField("prompt")
    assert not message.HasField("golden_answer")
    assert not message.HasField("config")
    assert not message.HasField("golden_embedding_f32_le")
    assert not message.HasField("golden_log_prob")
    assert not message.HasField("golden_old_log_prob")
    assert not message.HasField("golden_tokens")
    assert not message.HasField("greedy_reward")
    (rollout,) = message.rollouts
    assert [field.name for field, _ in rollout.ListFields()] == ["text", "reward"]


def test_to_message_carries_what_the_policy_says() -> None:
    message = RolloutGroup(
        "g",
        rewards=[1, 0, 0],
        generated_tokens=np.array([3, 5, 7]),
        log_probs=[-1.5, None, float("nan")],
        old_log_probs=np.array([np.nan, -2.5, 0.0]),
        golden_log_prob=-4.0,
        golden_old_log_prob=np.float32(-4.5),
        golden_tokens=9,
        greedy_reward=0,
    ).to_message()

    assert [r.generated_tokens for r in message.rollouts] == [3, 5, 7]
    assert [r.log_prob for r in message.rollouts] == [-1.5, 0.0, 0.0]
    assert [r.HasField("log_prob") for r in message.rollouts] == [True, False, False]
    assert [r.old_log_prob for r in message.rollouts] == [0.0, -2.5, 0.0]
    assert [r.HasField("old_log_prob") for r in message.rollouts] == [False, True, True]
    assert (message.golden_log_prob, message.golden_old_log_prob) == (-4.0, -4.5)
    assert message.golden_tokens == 9
    assert message.HasField("greedy_reward")


def test_to_message_components_are_columns() -> None:
    message = RolloutGroup(
        "g",
        rewards=[1, None],
        reward_components={"format": np.array([0.5, np.nan]), "answer": [1, 0]},
    ).to_message()

    parts = [dict(r.reward_components) for r in message.rollouts]
    assert parts == [{"format": 0.5, "answer": 1.0}, {"answer": 0.0}]


def test_to_message_rewards_alone_have_no_content() -> None:
    group = RolloutGroup("g", rewards=np.array([1.0, np.nan]))

    message = group.to_message()

    assert len(group) == 2
    assert [r.WhichOneof("content") for r in message.rollouts] == [None, None]
    assert [r.HasField("reward") for r in message.rollouts] == [True, False]


def test_to_message_golden_embedding_is_little_endian() -> None:
    message = RolloutGroup(
        "g", rewards=[0], embeddings=np.ones((1, 2)), golden_embedding=np.array([1.0, -2.0])
    ).to_message()

    assert np.frombuffer(message.golden_embedding_f32_le, dtype="<f4").tolist() == [1.0, -2.0]


@pytest.mark.parametrize("tokens", [-1, 2.5, 2**31, float("inf")])
def test_to_message_refuses_tokens_that_are_no_count(tokens: float) -> None:
    expected = r"\(expected: a whole number in \[0, 2147483647\]\)$"
    with pytest.raises(ValueError, match=rf"^group g: generated_tokens\[1\]: .* {expected}"):
        RolloutGroup("g", ["a", "b"], [1, 1], generated_tokens=[1, tokens]).to_message()
    with pytest.raises(ValueError, match=rf"^group g: golden_tokens: .* {expected}"):
        RolloutGroup("g", ["a"], [1], golden_tokens=tokens).to_message()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "rewards", [[0.0, None, float("nan")], np.array([0.0, np.nan, np.nan], dtype=np.float32)]
)
def test_to_message_missing_rewards_are_absent_and_zero_is_not(rewards: object) -> None:
    message = RolloutGroup("g", ["a", "b", "c"], rewards).to_message()  # type: ignore[arg-type]

    assert [r.HasField("reward") for r in message.rollouts] == [True, False, False]


def test_to_message_bool_rewards_are_numbers() -> None:
    message = RolloutGroup("g", ["a", "b"], np.array([True, False])).to_message()

    assert [r.reward for r in message.rollouts] == [1.0, 0.0]


def test_to_message_embeddings_are_little_endian_rows() -> None:
    embeddings = np.arange(6, dtype=np.float64).reshape(3, 2).T  # [2, 3], not contiguous

    message = RolloutGroup("g", rewards=[1, 0], embeddings=embeddings).to_message()

    rows = [np.frombuffer(r.embedding_f32_le, dtype="<f4").tolist() for r in message.rollouts]
    assert rows == [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]


def test_to_message_refuses_a_text_without_utf8() -> None:
    with pytest.raises(ValueError, match=r"^group g: texts\[1\] \(expected: text with"):
        RolloutGroup("g", ["a", "\ud800"], [1, 1]).to_message()
    with pytest.raises(ValueError, match=r"^group g: golden_answer \(expected: text with"):
        RolloutGroup("g", ["a"], [1], golden_answer="\ud800").to_message()


def test_group_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match=r"^group g: 1 rewards \(expected: 2\)$"):
        RolloutGroup("g", ["a", "b"], [1])
    with pytest.raises(ValueError, match=r"^group g: 3 rollout_ids \(expected: 2\)$"):
        RolloutGroup("g", ["a", "b"], [1, 0], rollout_ids=["x", "y", "z"])
    with pytest.raises(ValueError, match="expected: at most one of them"):
        RolloutGroup("g", ["a"], [1], embeddings=np.zeros((1, 2)))
    with pytest.raises(ValueError, match=r"embeddings of shape \(2,\) \(expected: \[n, d\]\)"):
        RolloutGroup("g", rewards=[1, 1], embeddings=np.zeros(2))
    with pytest.raises(ValueError, match=r"rewards of shape \(1, 1\) \(expected: \[n\]\)"):
        RolloutGroup("g", ["a"], np.zeros((1, 1)))
    with pytest.raises(ValueError, match=r"^group g: 1 log_probs \(expected: 2\)$"):
        RolloutGroup("g", rewards=[1, 0], log_probs=[-1])
    with pytest.raises(ValueError, match=r"^group g: 1 old_log_probs \(expected: 2\)$"):
        RolloutGroup("g", rewards=[1, 0], old_log_probs=[-1])
    with pytest.raises(ValueError, match=r"generated_tokens of shape \(1, 2\) \(expected: \[n"):
        RolloutGroup("g", rewards=[1, 0], generated_tokens=np.ones((1, 2)))
    with pytest.raises(
        ValueError, match=r"^group g: 3 reward_components\['format'\] \(expected: 2\)$"
    ):
        RolloutGroup("g", rewards=[1, 0], reward_components={"format": [1, 0, 1]})
    with pytest.raises(
        ValueError, match=r"^group g: reward_components is a ndarray \(expected: a mapping"
    ):
        RolloutGroup("g", rewards=[1], reward_components=np.ones((1, 2)))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"golden_embedding of shape \(1, 2\) \(expected: \[d\]"):
        RolloutGroup("g", rewards=[1], golden_embedding=np.ones((1, 2)))
    with pytest.raises(ValueError, match="texts is a str"):
        RolloutGroup("g", "a", [1])
