# SPDX-License-Identifier: Apache-2.0
"""Against the built server; what is expected is computed here, in NumPy."""

from __future__ import annotations

import dataclasses
import itertools
import math
import pickle
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from gsm8k import ALL_RIGHT, ALL_WRONG, GROUPS, MIXED

from gcpo_advantage import AdvantageClient, InvalidRequestError, RolloutGroup

pytestmark = pytest.mark.server

GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}
GRPO = {"estimator": "grpo"}


def _standardised(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return (scores - scores.mean()) / (scores.std(ddof=1) + 1e-6)


def _shapley(embeddings: npt.NDArray[np.float32], rewards: Any) -> list[float]:  # noqa: ANN401
    """Shapley values of v(S) = log det(I + L_S), by enumeration."""
    rows = embeddings.astype(np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    weights = np.sqrt(np.maximum(0, np.asarray(rewards, dtype=np.float64)))
    kernel = weights[:, None] * (rows @ rows.T) * weights
    n = len(weights)

    def value(team: tuple[int, ...]) -> float:
        return float(np.linalg.slogdet(np.eye(len(team)) + kernel[np.ix_(team, team)])[1])

    shares = [0.0] * n
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for size in range(n):
            share = 1 / (n * math.comb(n - 1, size))
            for team in itertools.combinations(others, size):
                shares[i] += share * (value((*team, i)) - value(team))
    return shares


def test_gcpo_credits_are_the_shapley_values_of_the_coverage(real: AdvantageClient) -> None:
    for group, result in zip(GROUPS, real.compute(GROUPS, config=GCPO), strict=True):
        assert result.group_id == group.group_id
        assert result.credit_method == "exact"
        assert result.credit_standard_errors is None
        assert (result.credit_samples, result.credit_standard_error) == (0, 0.0)
        expected = _shapley(real.embed(group.texts or ()), group.rewards)
        np.testing.assert_allclose(result.credits, expected, rtol=0, atol=1e-6)
        np.testing.assert_allclose(result.scaled_credits, result.credits / math.log(2), rtol=1e-12)


def test_gcpo_wrong_rollouts_have_credit_exactly_zero(real: AdvantageClient) -> None:
    for group, result in zip(GROUPS, real.compute(GROUPS, config=GCPO), strict=True):
        assert result.credits is not None
        for reward, credit in zip(group.rewards, result.credits, strict=True):
            assert (credit == 0.0) == (reward == 0.0)


def test_gcpo_credits_sum_to_the_team_value(real: AdvantageClient) -> None:
    for result in real.compute(GROUPS, config=GCPO):
        assert result.credits is not None
        assert result.team_value is not None
        assert math.isclose(math.fsum(result.credits), result.team_value, rel_tol=1e-9)


def test_gcpo_advantages_are_standardised_scaled_credits(real: AdvantageClient) -> None:
    for result in real.compute(MIXED, config=GCPO):
        assert result.signal == "ok"
        assert result.centered
        np.testing.assert_allclose(
            result.advantages, _standardised(result.scaled_credits), rtol=1e-9, atol=1e-12
        )


def test_gcpo_centered_and_alpha_are_taken_and_echoed(real: AdvantageClient) -> None:
    config = {**GCPO, "alpha": 10, "normalization": "centered"}

    for result in real.compute(MIXED, config=config):
        assert result.scaled_credits is not None
        assert (result.config["alpha"], result.config["normalization"]) == (10.0, "centered")
        np.testing.assert_allclose(result.scaled_credits * math.log(11), result.credits)
        np.testing.assert_allclose(
            result.advantages, result.scaled_credits - result.scaled_credits.mean(), atol=1e-12
        )


def test_gcpo_is_the_default(real: AdvantageClient) -> None:
    (default,) = real.compute(MIXED[:1])
    (named,) = real.compute(MIXED[:1], config={**GCPO, "kernel": "general"})

    assert default.config == named.config
    np.testing.assert_allclose(default.advantages, named.advantages, atol=1e-6)


def test_all_wrong_is_no_signal(real: AdvantageClient) -> None:
    (result,) = real.compute([ALL_WRONG], config=GCPO)

    assert result.signal == "zero_variance"
    assert result.team_value == 0.0
    np.testing.assert_array_equal(result.advantages, [0.0] * 4)


def test_all_right_is_a_signal_for_gcpo_and_none_for_grpo(real: AdvantageClient) -> None:
    (cooperative,) = real.compute([ALL_RIGHT], config=GCPO)
    (relative,) = real.compute([ALL_RIGHT], config=GRPO)

    assert cooperative.signal == "ok"
    assert relative.signal == "zero_variance"
    np.testing.assert_array_equal(relative.advantages, [0.0] * 4)


def test_grpo_is_the_formula(real: AdvantageClient) -> None:
    groups = [*MIXED, RolloutGroup("graded", ["a", "b", "c"], [0.25, -1.5, 3.0])]

    for group, result in zip(groups, real.compute(groups, config=GRPO), strict=True):
        expected = _standardised(np.asarray(group.rewards, dtype=np.float64))
        np.testing.assert_allclose(result.advantages, expected, rtol=1e-12)
        assert result.credits is None
        assert result.team_value is None


def test_alone_is_as_among_others(real: AdvantageClient) -> None:
    together = real.compute(GROUPS, config=GCPO)

    for group, among in zip(GROUPS, together, strict=True):
        (alone,) = real.compute([group], config=GCPO)
        np.testing.assert_allclose(alone.advantages, among.advantages, rtol=0, atol=1e-6)


def test_given_embeddings_are_as_texts(real: AdvantageClient) -> None:
    for group, from_texts in zip(MIXED, real.compute(MIXED, config=GCPO), strict=True):
        embeddings = real.embed(group.texts or ())
        given = RolloutGroup(group.group_id, rewards=group.rewards, embeddings=embeddings)

        (result,) = real.compute([given], config=GCPO)

        np.testing.assert_allclose(result.credits, from_texts.credits, rtol=0, atol=1e-6)
        np.testing.assert_allclose(result.advantages, from_texts.advantages, rtol=0, atol=1e-6)
        np.testing.assert_array_equal(result.tokens, [0] * 4)


def test_tokens_are_counted_and_nothing_is_left_out(real: AdvantageClient) -> None:
    long = RolloutGroup("long", ["word " * 5000, ""], [1.0, 0.0])

    (result,) = real.compute([long], config=GCPO)

    assert result.tokens[0] >= 5000
    assert result.tokens[1] >= 0
    np.testing.assert_array_equal(result.truncated_tokens, [0, 0])


@pytest.mark.parametrize("missing", [None, float("nan")])
@pytest.mark.parametrize("config", [GCPO, GRPO])
def test_missing_reward_counts_nowhere(
    real: AdvantageClient, missing: float | None, config: dict[str, str]
) -> None:
    texts = list(MIXED[1].texts or ())
    without = RolloutGroup("without", [texts[0], texts[1], texts[3]], [1.0, 0.0, 1.0])
    holed = RolloutGroup("holed", texts, [1.0, 0.0, missing, 1.0])

    expected, result = real.compute([without, holed], config=config)

    np.testing.assert_array_equal(result.included, [True, True, False, True])
    assert result.advantages[2] == 0.0
    assert result.rewards.count == 3
    np.testing.assert_allclose(result.advantages[[0, 1, 3]], expected.advantages, rtol=0, atol=1e-6)


def test_bad_group_names_its_field_and_spares_the_others(real: AdvantageClient) -> None:
    bad = RolloutGroup("bad", ["a", "b"], [1.0, float("inf")])

    good, failed = real.compute([MIXED[0], bad], config=GCPO, on_group_error="return")

    assert good.error is None
    assert isinstance(failed.error, InvalidRequestError)
    assert failed.error.code == "INVALID_ARGUMENT"
    fields = [violation.field for violation in failed.error.violations]
    assert fields == ["groups[1].rollouts[1].reward"]
    with pytest.raises(InvalidRequestError):
        real.compute([MIXED[0], bad], config=GCPO)


@pytest.mark.parametrize("config", [{**GCPO, "alpha": -1}, {**GRPO, "alpha": 1}])
def test_bad_config_fails_the_call_and_names_its_field(
    real: AdvantageClient, config: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        real.compute(MIXED, config=config)

    assert [violation.field for violation in caught.value.violations] == ["config.alpha"]


def test_embed_rows_have_norm_one(real: AdvantageClient) -> None:
    texts = ["", "a", "ünï¢ødé 漢字 🦆", "word " * 2000, *(MIXED[0].texts or ())]

    rows = real.embed(texts)

    assert rows.shape == (len(texts), real.info().model.dimension)
    np.testing.assert_allclose(np.linalg.norm(rows.astype(np.float64), axis=1), 1, atol=1e-5)


def test_diversity_is_there_unless_switched_off(real: AdvantageClient) -> None:
    (on,) = real.compute([MIXED[0]], config=GCPO)
    (off,) = real.compute([MIXED[0]], config=GRPO, diversity=False)

    assert on.diversity is not None
    assert (on.diversity.all.count, on.diversity.correct.count) == (4, 3)
    assert 1 <= on.diversity.correct.vendi_score <= 3
    assert off.diversity is None
    np.testing.assert_array_equal(off.tokens, [0] * 4)


def test_more_groups_than_one_request_takes(real: AdvantageClient) -> None:
    limit = real.info().limits.max_groups_per_request
    assert limit > 0
    groups = [RolloutGroup(str(i), ["a", "b"], [1.0, i]) for i in range(limit + 1)]

    results = real.compute(groups, config=GRPO, diversity=False)

    assert [result.group_id for result in results] == [group.group_id for group in groups]
    assert [result.rewards.max for result in results] == [max(1, i) for i in range(limit + 1)]


def test_info_lists_what_can_be_asked_for(real: AdvantageClient) -> None:
    info = real.info()

    assert info.model.dimension == 384
    assert len(info.model.fingerprint) == 64
    assert info.default_config["estimator"] == "gcpo_cooperative"
    estimators = {estimator.estimator: estimator for estimator in info.estimators}
    assert {"gcpo_cooperative", "grpo"} <= estimators.keys()
    assert "alpha" in {p.name for p in estimators["gcpo_cooperative"].parameters}


def test_pickled_client_computes(real: AdvantageClient) -> None:
    with pickle.loads(pickle.dumps(real)) as copy:
        (theirs,) = copy.compute([MIXED[0]], config=GCPO)
    (ours,) = real.compute([MIXED[0]], config=GCPO)

    np.testing.assert_allclose(theirs.advantages, ours.advantages, rtol=0, atol=1e-6)


def test_field_paths_of_a_split_embed_are_the_callers(real: AdvantageClient) -> None:
    narrow = pickle.loads(pickle.dumps(real))
    info = narrow.info()
    narrow._info = dataclasses.replace(
        info, limits=dataclasses.replace(info.limits, max_texts_per_request=2)
    )

    with narrow, pytest.raises(InvalidRequestError) as caught:
        narrow.embed(["a", "b", "c", "word " * 400], truncation_policy="error")

    assert [violation.field for violation in caught.value.violations] == ["texts[3]"]
