# SPDX-License-Identifier: Apache-2.0
"""The NumPy twins, against worked examples, their axioms, and the built server."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gsm8k import GROUPS

from gcpo_advantage import AdvantageClient, RolloutGroup
from gcpo_advantage.local import MAX_EXACT, cosine_similarity, gcpo_cooperative, grpo

# Worked by hand and by two independent programs; rewards, embeddings, alpha and results.
EXAMPLE_A = ([1, 1, 1, 0], [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], 1.0)
EXAMPLE_C = ([1, 0.5, 0.25, 0], [[3, 4, 0], [1, 2, 2], [2, -1, 2], [0, 0, 5]], 4.0)


def test_grpo_of_the_textbook() -> None:
    np.testing.assert_allclose(
        grpo([1, 1, 1, 0]), [0.499999, 0.499999, 0.499999, -1.499997], atol=1e-6
    )


def test_grpo_leaves_out_what_has_no_score() -> None:
    advantages = grpo([1, math.nan, 0])
    assert advantages[1] == 0
    np.testing.assert_array_equal(advantages[[0, 2]], grpo([1, 0]))


@pytest.mark.parametrize("rewards", [[], [1], [0.1, 0.1, 0.1], [math.nan, 1], [math.nan]])
def test_grpo_without_a_difference_is_zero(rewards: list[float]) -> None:
    np.testing.assert_array_equal(grpo(rewards), np.zeros(len(rewards)))


def test_cooperative_example_of_two_copies() -> None:
    rewards, embeddings, alpha = EXAMPLE_A
    answer = gcpo_cooperative(rewards, cosine_similarity(embeddings), alpha=alpha)
    np.testing.assert_allclose(
        answer.credits, [math.log(3) / 2, math.log(3) / 2, math.log(2), 0], atol=1e-12
    )
    np.testing.assert_allclose(
        answer.advantages,
        [0.331014818639, 0.331014818639, 0.800732321497, -1.462761958776],
        atol=1e-11,
    )
    assert answer.team_value == pytest.approx(math.log(6), abs=1e-12)


def test_cooperative_example_of_graded_rewards() -> None:
    rewards, embeddings, alpha = EXAMPLE_C
    answer = gcpo_cooperative(rewards, cosine_similarity(embeddings), alpha=alpha)
    np.testing.assert_allclose(
        answer.credits, [1.437827945302, 0.896514866391, 0.656488583260, 0], atol=1e-11
    )
    assert answer.team_value == pytest.approx(2.990831394954, abs=1e-11)


def test_cooperative_axioms_hold() -> None:
    rng = np.random.default_rng(7)
    for _ in range(200):
        n = int(rng.integers(1, 9))
        rewards = rng.choice([0.0, 0.5, 1.0, -1.0], n)
        kernel = cosine_similarity(rng.normal(size=(n, 3)))
        answer = gcpo_cooperative(rewards, kernel, alpha=float(rng.uniform(0.1, 30)))
        assert answer.credits.sum() == pytest.approx(answer.team_value, abs=1e-9)
        assert (answer.credits[rewards <= 0] == 0).all()
        order = rng.permutation(n)
        moved = gcpo_cooperative(rewards[order], kernel[np.ix_(order, order)])
        np.testing.assert_allclose(
            moved.credits, gcpo_cooperative(rewards, kernel).credits[order], atol=1e-12
        )


def test_cooperative_all_wrong_is_zero() -> None:
    answer = gcpo_cooperative([0, -1, math.nan], np.eye(3))
    np.testing.assert_array_equal(answer.advantages, np.zeros(3))
    assert answer.team_value == 0


def test_cooperative_largest_group() -> None:
    answer = gcpo_cooperative(np.ones(MAX_EXACT), np.eye(MAX_EXACT))
    np.testing.assert_allclose(answer.scaled_credits, 1, atol=1e-12)
    np.testing.assert_array_equal(answer.advantages, np.zeros(MAX_EXACT))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="similarity: shape"):
        gcpo_cooperative([1, 1], np.eye(3))
    with pytest.raises(ValueError, match="rewards: 17 above 0"):
        gcpo_cooperative(np.ones(17), np.eye(17))
    with pytest.raises(ValueError, match="rewards: infinite"):
        grpo([1, math.inf])
    with pytest.raises(ValueError, match="rewards: shape"):
        grpo([[1, 0]])


def test_a_zero_vector_is_similar_to_nothing() -> None:
    np.testing.assert_array_equal(cosine_similarity([[0, 0], [2, 0]]), [[0, 0], [0, 1]])


@pytest.mark.server
def test_the_server_says_the_same(real: AdvantageClient) -> None:
    results = real.compute(GROUPS, config={"estimator": "gcpo_cooperative"}, similarity=True)
    for group, result in zip(GROUPS, results, strict=True):
        rewards = [math.nan if reward is None else reward for reward in group.rewards]
        twin = gcpo_cooperative(rewards, result.similarity)
        np.testing.assert_allclose(result.advantages, twin.advantages, atol=1e-9)
        np.testing.assert_allclose(result.credits, twin.credits, atol=1e-12)
    for group, result in zip(
        GROUPS, real.compute(GROUPS, config={"estimator": "grpo"}), strict=True
    ):
        np.testing.assert_allclose(result.advantages, grpo(group.rewards), atol=1e-12)


@pytest.mark.server
def test_the_server_says_the_same_of_embeddings(real: AdvantageClient) -> None:
    rng = np.random.default_rng(11)
    rewards = [1.0, 0.5, 0.0, 1.0, 0.25]
    embeddings = rng.normal(size=(5, 8)).astype(np.float32)
    config = {"kernel": "embedding_cosine", "alpha": 10}
    group = RolloutGroup("g", embeddings=embeddings, rewards=rewards)
    (result,) = real.compute([group], config=config)
    twin = gcpo_cooperative(rewards, cosine_similarity(embeddings), alpha=10)
    np.testing.assert_allclose(result.advantages, twin.advantages, atol=1e-9)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"epsilon": 0.0}, r"epsilon: 0\.0 \(expected: finite, > 0\)"),
        ({"epsilon": math.nan}, r"epsilon: nan \(expected"),
        ({"tie_tolerance": -1e-9}, r"tie_tolerance: -1e-09 \(expected: >= 0\)"),
        ({"tie_tolerance": math.nan}, r"tie_tolerance: nan \(expected"),
    ],
)
def test_parameters_out_of_their_ranges_are_refused(
    parameters: dict[str, float], told: str
) -> None:
    with pytest.raises(ValueError, match=f"^{told}"):
        grpo([1, 0], **parameters)
    with pytest.raises(ValueError, match=f"^{told}"):
        gcpo_cooperative([1, 0], np.eye(2), **parameters)


@pytest.mark.parametrize("name", ["alpha", "reward_exponent"])
@pytest.mark.parametrize("value", [0.0, -0.5, math.inf])
def test_cooperative_refuses_a_volume_that_is_none(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"^{name}: {value} \(expected: finite, > 0\)$"):
        gcpo_cooperative([1, 1], np.eye(2), **{name: value})


def test_similarity_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^similarity: a NaN or infinity \(expected: finite\)$"):
        gcpo_cooperative([0, 0], [[1, math.nan], [math.nan, 1]])
    with pytest.raises(ValueError, match=r"^embeddings: a NaN or infinity \(expected: finite\)$"):
        cosine_similarity([[1, 0], [math.nan, 1]])
    with pytest.raises(ValueError, match=r"^embeddings: shape \(2,\) \(expected: \(n, d\)\)$"):
        cosine_similarity([1, 0])
