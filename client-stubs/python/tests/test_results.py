# SPDX-License-Identifier: Apache-2.0
"""What is read of an answer, and what is refused, beside advantages and credits."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    DiversityMetrics,
    GoldResult,
    GroupResult,
    InvalidAnswerError,
    RolloutGroup,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2

GROUP = RolloutGroup("a", ["one", "two", "six"], [0.0, 0.0, 0.0], rollout_ids=["x", "y", "z"])
PASS_AT_K = [1, 2]

Distort = Callable[[Any], None]


def _sampled(advantages: Any) -> None:  # noqa: ANN401
    advantages.credit_method = result_pb2.CREDIT_METHOD_SAMPLED
    advantages.credit_samples = 4096
    advantages.credit_standard_error = 0.25
    for i, rollout in enumerate(advantages.rollouts):
        rollout.credit_standard_error = i / 8


def _without_credit(advantages: Any) -> None:  # noqa: ANN401
    advantages.ClearField("team_value")
    advantages.ClearField("credit_method")
    for rollout in advantages.rollouts:
        rollout.ClearField("credit")
        rollout.ClearField("scaled_credit")


def _ratios(advantages: Any) -> None:  # noqa: ANN401
    advantages.rollouts[0].importance_ratio = 0.5
    advantages.rollouts[0].clipped = False
    advantages.rollouts[2].importance_ratio = 1.5
    advantages.rollouts[2].clipped = True


def _replaced(advantages: Any) -> None:  # noqa: ANN401
    advantages.rollouts[1].included = False
    advantages.rollouts[1].advantage = 0
    gold = advantages.gold
    gold.outcome = result_pb2.GOLD_OUTCOME_REPLACED
    gold.replaced_index = 1
    gold.replaced_rollout_id = "y"
    gold.advantage = 1.25
    gold.credit = 0.5
    gold.scaled_credit = 0.75
    gold.importance_ratio = 0.875
    gold.clipped = True


def _measured(advantages: Any) -> None:  # noqa: ANN401
    diversity = advantages.diversity
    diversity.all.count = 3
    diversity.all.self_bleu = 0.5
    diversity.all.clusters = 2
    diversity.all.cluster_entropy = 0.0
    diversity.correct.count = 1
    diversity.correct.self_bleu = 0.0
    diversity.pass_at_k.add(k=1, value=0.25)
    diversity.pass_at_k.add(k=2, value=0.5)


def _compute(fake: FakeServer, client: AdvantageClient, *changes: Distort) -> GroupResult:
    def distort(answer: Any) -> None:  # noqa: ANN401
        for change in changes:
            change(answer.results[0].advantages)

    fake.distort = distort
    (result,) = client.compute([GROUP], pass_at_k=PASS_AT_K)
    return result


def test_what_is_absent_is_none_or_nan(fake: FakeServer, client: AdvantageClient) -> None:
    result = _compute(fake, client)

    assert result.credit_standard_errors is None
    assert (result.credit_samples, result.credit_standard_error) == (0, 0.0)
    assert result.importance_ratios.dtype == np.float64
    assert np.isnan(result.importance_ratios).all()
    np.testing.assert_array_equal(result.clipped, [False, False, False])
    assert result.gold is None
    assert result.keep is False
    assert result.batch_groups == 0


def test_verdict_of_dynamic_sampling_is_read(fake: FakeServer, client: AdvantageClient) -> None:
    assert _compute(fake, client, _group("keep", True)).keep is True


def test_sampled_credits_have_standard_errors(fake: FakeServer, client: AdvantageClient) -> None:
    result = _compute(fake, client, _sampled)

    assert result.credit_method == "sampled"
    np.testing.assert_array_equal(result.credit_standard_errors, [0.0, 0.125, 0.25])
    assert (result.credit_samples, result.credit_standard_error) == (4096, 0.25)


def test_importance_ratios_are_nan_where_absent(fake: FakeServer, client: AdvantageClient) -> None:
    result = _compute(fake, client, _ratios)

    np.testing.assert_array_equal(result.importance_ratios, [0.5, np.nan, 1.5])
    np.testing.assert_array_equal(result.clipped, [False, False, True])


def test_gold_that_took_a_place_is_read(fake: FakeServer, client: AdvantageClient) -> None:
    result = _compute(fake, client, _replaced)

    assert result.gold == GoldResult("replaced", 1, "y", 1.25, 0.5, 0.75, 0.875, True)


@pytest.mark.parametrize("outcome", ["not_triggered", "no_golden_answer"])
def test_gold_that_took_no_place_has_nothing_else(
    fake: FakeServer, client: AdvantageClient, outcome: str
) -> None:
    def change(advantages: Any) -> None:  # noqa: ANN401
        advantages.gold.outcome = result_pb2.GoldOutcome.Value(f"GOLD_OUTCOME_{outcome.upper()}")

    result = _compute(fake, client, change)

    assert result.gold == GoldResult(outcome, None, None, None, None, None, None, None)


def test_gold_without_credit_has_none(fake: FakeServer, client: AdvantageClient) -> None:
    def change(advantages: Any) -> None:  # noqa: ANN401
        for name in ("credit", "scaled_credit", "importance_ratio", "clipped"):
            advantages.gold.ClearField(name)

    result = _compute(fake, client, _replaced, _without_credit, change)

    assert result.credits is None
    assert result.gold == GoldResult("replaced", 1, "y", 1.25, None, None, None, None)


def test_metrics_that_are_absent_are_none_and_zeros_are_not(
    fake: FakeServer, client: AdvantageClient
) -> None:
    diversity = _compute(fake, client, _measured).diversity

    assert diversity is not None
    absent = dict.fromkeys(DiversityMetrics.__dataclass_fields__)
    assert diversity.all == DiversityMetrics(
        **{**absent, "count": 3, "self_bleu": 0.5, "clusters": 2, "cluster_entropy": 0.0}
    )
    assert diversity.correct == DiversityMetrics(**{**absent, "count": 1, "self_bleu": 0.0})
    assert diversity.pass_at_k == {1: 0.25, 2: 0.5}


def test_every_metric_of_the_contract_is_read(fake: FakeServer, client: AdvantageClient) -> None:
    names = [field.name for field in result_pb2.DiversityMetrics.DESCRIPTOR.fields]

    def change(advantages: Any) -> None:  # noqa: ANN401
        for number, name in enumerate(names):
            setattr(advantages.diversity.all, name, number)

    diversity = _compute(fake, client, change).diversity

    assert diversity is not None
    assert diversity.all == DiversityMetrics(**{name: i for i, name in enumerate(names)})


def test_result_with_everything_is_picklable(fake: FakeServer, client: AdvantageClient) -> None:
    result = _compute(fake, client, _sampled, _ratios, _replaced, _measured)

    copy = pickle.loads(pickle.dumps(result))

    assert (copy.gold, copy.diversity) == (result.gold, result.diversity)
    np.testing.assert_array_equal(copy.credit_standard_errors, result.credit_standard_errors)


def _rollout(name: str, value: object) -> Distort:
    return lambda advantages: setattr(advantages.rollouts[1], name, value)


def _clear_rollout(name: str) -> Distort:
    return lambda advantages: advantages.rollouts[2].ClearField(name)


def _gold(name: str, value: object) -> Distort:
    return lambda advantages: setattr(advantages.gold, name, value)


def _clear_gold(name: str) -> Distort:
    return lambda advantages: advantages.gold.ClearField(name)


def _group(name: str, value: object) -> Distort:
    return lambda advantages: setattr(advantages, name, value)


def _rate(k: int, value: float) -> Distort:
    return lambda advantages: advantages.diversity.pass_at_k.add(k=k, value=value)


def _not_finite_metric(advantages: Any) -> None:  # noqa: ANN401
    advantages.diversity.correct.self_bleu = float("nan")


_NAN, _INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([_group("batch_groups", 2)], r"batch_groups: 2 \(expected: at most 1\)$"),
        ([_group("credit_standard_error", -1)], r"credit_standard_error: -1.0 \(expected: finite,"),
        ([_group("credit_standard_error", _NAN)], r"\.credit_standard_error: nan "),
        (
            [_rollout("credit_standard_error", 0.5)],
            r"rollouts\[1\].credit_standard_error: present: True \(expected: False\)$",
        ),
        (
            [_sampled, _clear_rollout("credit_standard_error")],
            r"rollouts\[2\].credit_standard_error: present: False \(expected: True\)$",
        ),
        (
            [_sampled, _rollout("credit_standard_error", _INFINITE)],
            r"rollouts\[1\].credit_standard_error: inf \(expected: finite, >= 0\)$",
        ),
        ([_rollout("scaled_credit", _NAN)], r"rollouts\[1\].scaled_credit: nan "),
        (
            [_rollout("nearest_correct_index", 3)],
            r"rollouts\[1\].nearest_correct_index: 3 \(expected: in \[0, 3\)\)$",
        ),
        (
            [_rollout("nearest_correct_similarity", _NAN)],
            r"rollouts\[1\].nearest_correct_similarity: nan \(expected: finite\)$",
        ),
        (
            [_rollout("importance_ratio", 1.0)],
            r"rollouts\[1\].clipped: present: False \(expected: True\)$",
        ),
        (
            [_rollout("clipped", True)],
            r"rollouts\[1\].clipped: present: True \(expected: False\)$",
        ),
        (
            [_ratios, _rollout("clipped", False), _rollout("importance_ratio", 0.0)],
            r"rollouts\[1\].importance_ratio: 0.0 \(expected: finite, > 0\)$",
        ),
        (
            [_ratios, _rollout("clipped", False), _rollout("importance_ratio", _INFINITE)],
            r"rollouts\[1\].importance_ratio: inf ",
        ),
        (
            [_replaced, _gold("replaced_index", 3)],
            r"gold.replaced_index: 3 \(expected: in \[0, 3\)\)$",
        ),
        (
            [_replaced, _clear_gold("replaced_index")],
            r"gold.replaced_index: present: False \(expected: True\)$",
        ),
        (
            [_replaced, _gold("replaced_rollout_id", "x")],
            r"gold.replaced_rollout_id: 'x' \(expected: 'y'\)$",
        ),
        ([_replaced, _clear_gold("advantage")], r"gold.advantage: present: False "),
        ([_replaced, _gold("advantage", _NAN)], r"gold.advantage: nan \(expected: finite\)$"),
        ([_replaced, _clear_gold("credit")], r"gold.credit: present: False \(expected: True\)$"),
        ([_replaced, _without_credit], r"gold.credit: present: True \(expected: False\)$"),
        ([_replaced, _gold("scaled_credit", _INFINITE)], r"gold.scaled_credit: inf "),
        ([_replaced, _gold("importance_ratio", -1.0)], r"gold.importance_ratio: -1.0 "),
        ([_replaced, _clear_gold("clipped")], r"gold.clipped: present: False "),
        (
            [_replaced, _gold("outcome", result_pb2.GOLD_OUTCOME_NOT_TRIGGERED)],
            r"gold.replaced_index: present: True \(expected: False\)$",
        ),
        (
            [_replaced, _rollout("included", True)],
            r"gold: included of its place: True \(expected: False\)$",
        ),
        (
            [_replaced, _rollout("advantage", 0.5)],
            r"rollouts\[\d\].advantage: 0.5 \(expected: 0, as it is not included\)$",
        ),
        ([_not_finite_metric], r"diversity.correct.self_bleu: nan \(expected: finite\)$"),
        ([_rate(3, 0.5)], r"diversity.pass_at_k\[0\].k: 3 \(expected: one of \[1, 2\]\)$"),
        (
            [_rate(1, 0.5), _rate(2, 1.5)],
            r"diversity.pass_at_k\[1\].value: 1.5 \(expected: in \[0, 1\]\)$",
        ),
        ([_rate(2, _NAN)], r"diversity.pass_at_k\[0\].value: nan "),
    ],
)
def test_unfit_answer_is_refused(
    fake: FakeServer, client: AdvantageClient, changes: list[Distort], message: str
) -> None:
    with pytest.raises(InvalidAnswerError, match=r"^results\[0\].advantages.*" + message):
        _compute(fake, client, *changes)
