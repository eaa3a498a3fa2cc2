# SPDX-License-Identifier: Apache-2.0
"""Against the built server, what a group may bring and ask for besides texts and rewards.

What is expected is computed here, in NumPy.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from gsm8k import ALL_WRONG, MIXED

from gcpo_advantage import (
    AdvantageClient,
    DiversityMetrics,
    InvalidRequestError,
    RequestTooLargeError,
    RolloutGroup,
)

pytestmark = pytest.mark.server

GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}
GRPO = {"estimator": "grpo"}
BATCH_LEVEL = {"reinforce_plus_plus", "reinforce_plus_plus_baseline", "gpg", "gdpo"}

Doubles = npt.NDArray[np.float64]

# Two groups of different sizes with one reward that could not be had.
REWARDS = [np.array([1.0, 0.0, 0.5, 0.0]), np.array([2.0, -1.0, np.nan])]
TOKENS = [np.array([3, 9, 4, 1]), np.array([2, 7, 5])]
BATCH = [
    RolloutGroup(str(i), rewards=rewards, generated_tokens=tokens)
    for i, (rewards, tokens) in enumerate(zip(REWARDS, TOKENS, strict=True))
]
VALID = ~np.isnan(np.concatenate(REWARDS))


def _standardised(scores: Doubles, epsilon: float = 1e-6) -> Doubles:
    return (scores - scores.mean()) / (scores.std(ddof=1) + epsilon)


def _advantages(real: AdvantageClient, groups: list[RolloutGroup], config: Any) -> Doubles:  # noqa: ANN401
    results = real.compute(groups, config=config, diversity=False)
    return np.concatenate([result.advantages for result in results])


def test_gold_takes_a_failed_rollouts_place(real: AdvantageClient) -> None:
    (result,) = real.compute([ALL_WRONG], config={**GRPO, "gold": {"reward": 2}})

    expected = _standardised(np.array([0.0, 0.0, 0.0, 2.0]))
    assert result.gold is not None
    assert (result.gold.outcome, result.gold.replaced_index) == ("replaced", 3)
    assert ALL_WRONG.rollout_ids is not None
    assert result.gold.replaced_rollout_id == ALL_WRONG.rollout_ids[3]
    assert result.gold.advantage == pytest.approx(expected[3], rel=1e-12)
    assert (result.gold.credit, result.gold.importance_ratio) == (None, None)
    np.testing.assert_allclose(result.advantages, [*expected[:3], 0], rtol=1e-12)
    np.testing.assert_array_equal(result.included, [True, True, True, False])
    assert (result.signal, result.keep) == ("ok", True)
    assert result.config["gold"]["reward"] == 2.0


def test_gold_earns_the_credit_of_its_coverage(real: AdvantageClient) -> None:
    (result,) = real.compute([ALL_WRONG], config={**GCPO, "gold": {}})

    assert result.gold is not None
    assert result.gold.scaled_credit == pytest.approx(1, rel=1e-12)
    assert result.gold.credit == pytest.approx(math.log(2), rel=1e-12)
    assert result.team_value == pytest.approx(result.gold.credit, rel=1e-12)
    np.testing.assert_array_equal(result.credits, [0.0] * 4)


def test_gold_is_left_out_where_it_is_not_needed(real: AdvantageClient) -> None:
    without = RolloutGroup("without", rewards=[0.0, 0.0])

    mixed, bare = real.compute([MIXED[0], without], config={**GRPO, "gold": {}})
    (unasked,) = real.compute([ALL_WRONG], config=GRPO)

    assert mixed.gold is not None
    assert bare.gold is not None
    assert (mixed.gold.outcome, bare.gold.outcome) == ("not_triggered", "no_golden_answer")
    assert (mixed.gold.replaced_index, mixed.gold.advantage) == (None, None)
    assert unasked.gold is None
    assert unasked.keep is False


def test_gold_estimator_needs_no_gold_in_its_config(real: AdvantageClient) -> None:
    (result,) = real.compute([ALL_WRONG], config={"estimator": "gcpo_gold"})

    assert result.gold is not None
    assert result.gold.outcome == "replaced"
    assert result.config["gold"]["replacement"] == "last"


def test_gold_embedding_goes_with_embeddings(real: AdvantageClient) -> None:
    group = RolloutGroup(
        "g", rewards=[0.0, 0.0], embeddings=np.eye(2, 3), golden_embedding=np.array([0, 0, 2.0])
    )

    (result,) = real.compute([group], config={**GCPO, "gold": {"reward": 4.0}})

    assert result.gold is not None
    # log det(I + L) with the one entry of L that is not 0: the golden answer's reward.
    assert result.gold.credit == pytest.approx(math.log(5), rel=1e-12)


def test_gold_chooses_by_what_the_policy_says_and_has_a_ratio(real: AdvantageClient) -> None:
    group = RolloutGroup(
        "g",
        rewards=[0.0, 0.0, 0.0],
        generated_tokens=[4, 9, 2],
        old_log_probs=[-4.0, -8.0, -3.0],
        golden_answer="42",
        golden_log_prob=-6.0,
        golden_old_log_prob=-8.0,
        golden_tokens=4,
    )

    def replaced(replacement: str) -> int | None:
        config = {**GRPO, "gold": {"replacement": replacement}}
        (result,) = real.compute([group], config=config)
        assert result.gold is not None
        assert result.gold.importance_ratio == pytest.approx(math.exp(0.5), rel=1e-12)
        assert result.gold.clipped is True
        return result.gold.replaced_index

    assert (replaced("longest"), replaced("lowest_log_prob")) == (1, 2)


def test_sampled_credits_come_with_their_standard_errors(real: AdvantageClient) -> None:
    embeddings = np.random.default_rng(3).normal(size=(12, 6))
    group = RolloutGroup("g", rewards=[*[1.0] * 11, 0.0], embeddings=embeddings)
    sampling = {**GCPO, "exact_limit": 4, "max_samples": 512, "error_budget": 0, "seed": 5}

    (exact,) = real.compute([group], config=GCPO)
    (sampled,) = real.compute([group], config=sampling)

    assert (exact.credit_method, sampled.credit_method) == ("exact", "sampled")
    assert sampled.credit_samples == 512
    assert exact.credits is not None
    assert sampled.credits is not None
    assert sampled.credit_standard_errors is not None
    assert sampled.credit_standard_error == sampled.credit_standard_errors.max() > 0
    assert (sampled.credits[11], sampled.credit_standard_errors[11]) == (0.0, 0.0)
    assert math.fsum(sampled.credits) == pytest.approx(sampled.team_value, rel=1e-9)
    # The seed makes it one draw for ever: within six standard errors, or something is wrong.
    assert (abs(sampled.credits - exact.credits) <= 6 * sampled.credit_standard_errors).all()


def test_credits_of_banzhaf_do_not_sum_to_the_team_value(real: AdvantageClient) -> None:
    (result,) = real.compute(MIXED[:1], config={**GCPO, "allocation": "banzhaf"})
    (matrix_log,) = real.compute(MIXED[:1], config={**GCPO, "allocation": "matrix_log"})

    assert result.credits is not None
    assert result.team_value is not None
    assert math.fsum(result.credits) < 0.99 * result.team_value
    assert (result.credit_method, matrix_log.credit_method) == ("exact", "matrix_log")


def test_importance_ratios_are_the_formula(real: AdvantageClient) -> None:
    log_probs = np.array([-3.0, -8.0, -5.0, np.nan, -6.0])
    old_log_probs = np.array([-4.0, -7.0, -5.0, -2.0, np.nan])
    tokens = [5, 4, 3, 2, 1]
    group = RolloutGroup(
        "g",
        rewards=[1.0, 0.0, 1.0, 1.0, 0.0],
        generated_tokens=tokens,
        log_probs=log_probs,
        old_log_probs=old_log_probs,
    )

    (result,) = real.compute([group], config=GRPO)
    (wide,) = real.compute(
        [group], config={**GRPO, "importance": {"clip_low": 0.5, "clip_high": 0.5}}
    )
    (held,) = real.compute([group], config={**GRPO, "importance": {"max_log_ratio": 0.125}})

    ratios = (log_probs - old_log_probs) / tokens
    np.testing.assert_allclose(result.importance_ratios, np.exp(ratios), rtol=1e-12)
    np.testing.assert_allclose(
        held.importance_ratios, np.exp(np.clip(ratios, -0.125, 0.125)), rtol=1e-12
    )
    np.testing.assert_array_equal(result.clipped, [True, True, False, False, False])
    assert not wide.clipped.any()
    assert wide.config["importance"]["clip_high"] == 0.5


def test_rewards_alone_are_enough_where_similarity_is_not_needed(real: AdvantageClient) -> None:
    rewards = np.array([1.0, 0.25, -1.0])
    group = RolloutGroup("g", rewards=rewards)

    (result,) = real.compute([group], config=GRPO)

    np.testing.assert_allclose(result.advantages, _standardised(rewards), rtol=1e-12)
    assert result.diversity is None
    with pytest.raises(InvalidRequestError) as caught:
        real.compute([group], config=GCPO)
    fields = [violation.field for violation in caught.value.violations]
    assert fields == [f"groups[0].rollouts[{i}]" for i in range(3)]


def test_metrics_that_were_not_asked_for_are_none(real: AdvantageClient) -> None:
    group = RolloutGroup("g", ["a b c", "a b c", "d e f g"], [1.0, 0.0, 1.0])

    (chosen,) = real.compute(
        [group], config=GRPO, metrics=["unique_text_ratio", "distinct_n"], pass_at_k=[1, 2, 4]
    )

    assert chosen.diversity is not None
    absent = dict.fromkeys(DiversityMetrics.__dataclass_fields__)
    assert chosen.diversity.all == DiversityMetrics(
        **{
            **absent,
            "count": 3,
            "unique_text_ratio": 2 / 3,
            "distinct_1": 7 / 10,
            "distinct_2": 5 / 7,
            "distinct_3": 3 / 4,
        }
    )
    # Of three, two are correct; there is no pass@4 of three.
    assert chosen.diversity.pass_at_k == pytest.approx({1: 2 / 3, 2: 1.0}, rel=1e-12)


def test_metrics_by_default_are_four(real: AdvantageClient) -> None:
    (result,) = real.compute([MIXED[0]], config=GRPO)

    assert result.diversity is not None
    metrics = result.diversity.all
    present = {name for name, value in dataclasses.asdict(metrics).items() if value is not None}
    assert present == {
        *("count", "vendi_score", "effective_count", "distinct"),
        *("vendi_score_order_half", "vendi_score_order_two", "vendi_score_order_infinity"),
        *("mean_pairwise_distance", "min_pairwise_distance", "max_pairwise_distance"),
    }
    assert result.diversity.pass_at_k == {}


def test_every_metric_can_be_asked_for(real: AdvantageClient) -> None:
    names = "vendi_score pairwise_distance log_det_volume effective_count effective_rank distinct"
    names += " clusters distinct_n self_bleu unique_text_ratio"

    (result,) = real.compute([MIXED[0]], config=GRPO, metrics=names.split(), cluster_threshold=1e-9)

    assert result.diversity is not None
    assert None not in dataclasses.asdict(result.diversity.all).values()
    # Solutions of one problem are all alike to that degree.
    assert (result.diversity.all.clusters, result.diversity.all.cluster_entropy) == (1, 0.0)


def test_metrics_of_texts_refuse_a_group_without(real: AdvantageClient) -> None:
    group = RolloutGroup("g", rewards=[1.0], embeddings=np.ones((1, 2)))

    with pytest.raises(InvalidRequestError, match="SELF_BLEU"):
        real.compute([group], config=GRPO, metrics=["self_bleu"])


def test_info_says_what_estimators_need(real: AdvantageClient) -> None:
    info = real.info()
    estimators = {estimator.estimator: estimator for estimator in info.estimators}

    assert {name for name, each in estimators.items() if each.batch_level} == BATCH_LEVEL
    assert estimators["grpo"].inputs == ()
    assert estimators["gcpo_cooperative"].inputs == ("similarity",)
    assert estimators["opo"].inputs == ("generated_tokens",)
    assert estimators["remax"].inputs == ("greedy_reward",)
    assert estimators["gdpo"].inputs == ("reward_components",)
    gold = {parameter.name for parameter in info.gold_parameters}
    assert gold == {"threshold", "replacement", "reward", "seed"}
    importance = {parameter.name for parameter in info.importance_parameters}
    assert importance == {"clip_low", "clip_high", "max_log_ratio"}


def test_every_estimator_is_served_and_its_config_comes_back(real: AdvantageClient) -> None:
    groups = [
        dataclasses.replace(
            group,
            generated_tokens=[5, 3, 8, 6],
            greedy_reward=0.5,
            reward_components={"answer": group.rewards, "format": [1.0, 1.0, 0.0, 1.0]},
        )
        for group in MIXED
    ]
    estimators = real.info().estimators
    assert len(estimators) == 20

    for estimator in estimators:
        first = real.compute(groups, config={"estimator": estimator.estimator})
        again = real.compute(groups, config=first[0].config)

        expected = len(groups) if estimator.batch_level else 0
        for one, other in zip(first, again, strict=True):
            assert one.config["estimator"] == estimator.estimator
            assert other.config == one.config
            assert {parameter.name for parameter in estimator.parameters} - {
                "component_weights"
            } <= one.config.keys()
            assert one.batch_groups == expected
            assert one.keep == (one.signal == "ok") == one.advantages.any()
            np.testing.assert_allclose(other.advantages, one.advantages, rtol=0, atol=1e-6)


def test_greedy_reward_is_the_baseline_of_remax(real: AdvantageClient) -> None:
    group = RolloutGroup("g", rewards=[1.0, 0.0], greedy_reward=0.25)

    advantages = _advantages(real, [group], {"estimator": "remax"})

    np.testing.assert_array_equal(advantages, [0.75, -0.25])


def test_generated_tokens_weigh_the_baseline_of_opo(real: AdvantageClient) -> None:
    advantages = _advantages(real, BATCH[:1], {"estimator": "opo"})

    expected = REWARDS[0] - np.average(REWARDS[0], weights=TOKENS[0])
    np.testing.assert_allclose(advantages, expected, rtol=1e-12)


def test_reinforce_plus_plus_whitens_the_whole_call(real: AdvantageClient) -> None:
    rewards = np.concatenate(REWARDS)[VALID]
    per_token = np.repeat(rewards, np.concatenate(TOKENS)[VALID])
    by_tokens = (rewards - per_token.mean()) / math.sqrt(per_token.var(ddof=1) + 1e-8)
    by_rollouts = (rewards - rewards.mean()) / math.sqrt(rewards.var(ddof=1) + 1e-8)
    config = {"estimator": "reinforce_plus_plus"}

    np.testing.assert_allclose(_advantages(real, BATCH, config)[VALID], by_tokens, rtol=1e-9)
    np.testing.assert_allclose(
        _advantages(real, BATCH, {**config, "weighting": "rollouts"})[VALID], by_rollouts, rtol=1e-9
    )


def test_gdpo_weighs_components(real: AdvantageClient) -> None:
    components = {"answer": np.array([1.0, 0.0, 1.0]), "format": np.array([0.0, 3.0, 5.0])}
    groups = [
        RolloutGroup("a", rewards=[1.0, 0.0, 1.0], reward_components=components),
        RolloutGroup(
            "b",
            rewards=[0.0, None, 0.0],
            reward_components={"answer": [0.0, None, 4.0], "format": [1.0, np.nan, 0.0]},
        ),
    ]
    config = {"estimator": "gdpo", "component_weights": {"format": 0.25}}

    advantages = _advantages(real, groups, config)

    answer, form = components["answer"], components["format"]
    sums = [
        _standardised(answer, 1e-4) + 0.25 * _standardised(form, 1e-4),
        _standardised(np.array([0.0, 4.0]), 1e-4)
        + 0.25 * _standardised(np.array([1.0, 0.0]), 1e-4),
    ]
    whitened = np.concatenate(sums) / (np.concatenate(sums).std(ddof=1) + 1e-4)
    np.testing.assert_allclose(advantages[[0, 1, 2, 3, 5]], whitened, rtol=1e-9)
    assert advantages[4] == 0.0


def test_component_weight_of_no_component_is_refused(real: AdvantageClient) -> None:
    group = RolloutGroup("g", rewards=[1.0], reward_components={"answer": [1.0]})
    config = {"estimator": "gdpo", "component_weights": {"anwser": 2.0}}

    with pytest.raises(InvalidRequestError) as caught:
        real.compute([group], config=config)

    fields = [violation.field for violation in caught.value.violations]
    assert fields == ["groups[0].config.component_weights.anwser"]


def test_failed_group_is_no_part_of_the_batch(real: AdvantageClient) -> None:
    bad = RolloutGroup("bad", rewards=[1.0, float("inf")])
    config = {"estimator": "gpg"}

    *good, failed = real.compute([*BATCH, bad], config=config, on_group_error="return")

    assert isinstance(failed.error, InvalidRequestError)
    assert [result.batch_groups for result in good] == [2, 2]
    np.testing.assert_array_equal(
        np.concatenate([result.advantages for result in good]), _advantages(real, BATCH, config)
    )


@pytest.mark.parametrize("estimator", sorted(BATCH_LEVEL))
def test_batch_over_the_servers_limit_is_refused(real: AdvantageClient, estimator: str) -> None:
    limit = real.info().limits.max_groups_per_request
    groups = [RolloutGroup(str(i), rewards=[1.0, i]) for i in range(limit + 1)]

    with pytest.raises(RequestTooLargeError, match=rf"^groups: 2 requests .* as {estimator} "):
        real.compute(groups, config={"estimator": estimator})


def test_batch_at_the_servers_limit_is_one_request(real: AdvantageClient) -> None:
    limit = real.info().limits.max_groups_per_request
    rewards = np.random.default_rng(7).normal(size=(limit, 2))
    groups = [RolloutGroup(str(i), rewards=row) for i, row in enumerate(rewards)]
    config = {"estimator": "reinforce_plus_plus", "weighting": "rollouts"}

    results = real.compute(groups, config=config, diversity=False)

    assert {result.batch_groups for result in results} == {limit}
    advantages = np.concatenate([result.advantages for result in results])
    assert advantages.std(ddof=1) == pytest.approx(1, rel=1e-6)
