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


def test_group_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match=r"^group g: 1 rewards \(expected: 2\)$"):
        RolloutGroup("g", ["a", "b"], [1])
    with pytest.raises(ValueError, match=r"^group g: 3 rollout_ids \(expected: 2\)$"):
        RolloutGroup("g", ["a", "b"], [1, 0], rollout_ids=["x", "y", "z"])
    with pytest.raises(ValueError, match="expected: one of them"):
        RolloutGroup("g", ["a"], [1], embeddings=np.zeros((1, 2)))
    with pytest.raises(ValueError, match="expected: one of them"):
        RolloutGroup("g", rewards=[1])
    with pytest.raises(ValueError, match=r"embeddings of shape \(2,\) \(expected: \[n, d\]\)"):
        RolloutGroup("g", rewards=[1, 1], embeddings=np.zeros(2))
    with pytest.raises(ValueError, match=r"rewards of shape \(1, 1\) \(expected: \[n\]\)"):
        RolloutGroup("g", ["a"], np.zeros((1, 1)))
    with pytest.raises(ValueError, match="texts is a str"):
        RolloutGroup("g", "a", [1])
