# SPDX-License-Identifier: Apache-2.0
"""Compares one group's answer with the group."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from gcpo_advantage._digest import input_sha256
from gcpo_advantage._expect import (
    require,
    require_finite,
    require_not_negative,
    require_position,
    require_present,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    result_pb2,
    rollout_pb2,
)
from gcpo_advantage._rollout_columns import Booleans, RolloutColumns
from gcpo_advantage.errors import InvalidAnswerError


def check_group(
    path: str,
    group: rollout_pb2.RolloutGroup,
    result: result_pb2.GroupResult,
    output: advantage_service_pb2.OutputOptions,
    max_batch: int,
) -> RolloutColumns | None:
    """Refuses a result that does not fit.

    Returns:
        The rollouts of a result that fits; None where it is an error.

    Args:
        path: what errors call the result.
        group: the group that was sent.
        result: its answer.
        output: what was asked for besides advantages.
        max_batch: how many groups it can have been normalised with.

    Raises:
        InvalidAnswerError: with the path in the answer.
    """
    require(f"{path}.group_id", result.group_id, group.group_id)
    outcome = result.WhichOneof("outcome")
    if outcome == "error":
        if result.error.code == 0:
            raise InvalidAnswerError(f"{path}.error.code: 0 (expected: a code other than OK)")
        return None
    if outcome is None:
        raise InvalidAnswerError(f"{path}.outcome: unset (expected: advantages or error)")
    advantages = result.advantages
    path = f"{path}.advantages"
    require(f"{path}.rollouts: length", len(advantages.rollouts), len(group.rollouts))
    _check_batch(f"{path}.batch_groups", advantages.batch_groups, max_batch)
    require_finite(f"{path}.team_value", advantages.team_value)
    require_not_negative(f"{path}.credit_standard_error", advantages.credit_standard_error)
    require(f"{path}.input_sha256", advantages.input_sha256.hex(), input_sha256(group).hex())
    columns = RolloutColumns.of(advantages)
    _check_rollouts(f"{path}.rollouts", group, columns, advantages)
    if advantages.HasField("gold"):
        _check_gold(f"{path}.gold", group, advantages)
    _check_kernel(path, advantages, output)
    if advantages.HasField("diversity"):
        for name in ("all", "correct"):
            _check_metrics(f"{path}.diversity.{name}", getattr(advantages.diversity, name))
        _check_pass_at_k(f"{path}.diversity.pass_at_k", advantages.diversity, output)
    return columns


def _check_batch(path: str, batch_groups: int, max_batch: int) -> None:
    if batch_groups > max_batch:
        expected = f"at most {max_batch}" if max_batch else "0, as the call was sent in parts"
        raise InvalidAnswerError(f"{path}: {batch_groups} (expected: {expected})")


def _check_rollouts(
    path: str,
    group: rollout_pb2.RolloutGroup,
    columns: RolloutColumns,
    advantages: result_pb2.GroupAdvantages,
) -> None:
    for i, rollout in enumerate(group.rollouts):
        require(f"{path}[{i}].rollout_id", columns.rollout_ids[i], rollout.rollout_id)
    has_credit = advantages.HasField("team_value")
    sampled = advantages.credit_method == result_pb2.CREDIT_METHOD_SAMPLED
    n = len(columns.rollout_ids)
    included = columns.included
    rewarded = np.array([rollout.HasField("reward") for rollout in group.rollouts], dtype=np.bool_)
    similarity, ratios = columns.nearest_similarity, columns.importance_ratios
    for name, bad, expected in (
        ("advantage", ~np.isfinite(columns.advantages), "finite"),
        ("advantage", ~included & (columns.advantages != 0), "0, as it is not included"),
        ("included", included & ~rewarded, "False, as it has no reward"),
        ("credit", ~np.isfinite(columns.credits.values), "finite"),
        ("scaled_credit", ~np.isfinite(columns.scaled_credits.values), "finite"),
        ("credit_standard_error", ~_is_size(columns.credit_standard_errors.values), "finite, >= 0"),
        ("nearest_correct_index", columns.nearest_correct.values >= n, f"in [0, {n})"),
        ("nearest_correct_similarity", ~np.isfinite(similarity.values), "finite"),
        ("importance_ratio", ratios.present & ~_is_ratio(ratios.values), "finite, > 0"),
    ):
        _refuse_first(path, name, bad, advantages, expected)
    for name, column, wanted in (
        ("credit", columns.credits, has_credit),
        ("scaled_credit", columns.scaled_credits, has_credit),
        ("credit_standard_error", columns.credit_standard_errors, sampled),
        ("clipped", columns.clipped, ratios.present),
    ):
        for i in np.flatnonzero(column.present != wanted).tolist():
            require(f"{path}[{i}].{name}: present", bool(column.present[i]), not column.present[i])


def _is_size(values: npt.NDArray[np.float64]) -> Booleans:
    return np.isfinite(values) & (values >= 0)


def _is_ratio(values: npt.NDArray[np.float64]) -> Booleans:
    return np.isfinite(values) & (values > 0)


def _refuse_first(
    path: str, name: str, bad: Booleans, advantages: result_pb2.GroupAdvantages, expected: str
) -> None:
    for i in np.flatnonzero(bad).tolist():
        value = getattr(advantages.rollouts[i], name)
        raise InvalidAnswerError(f"{path}[{i}].{name}: {value} (expected: {expected})")


def _check_credit(
    path: str, answer: result_pb2.GoldResult, advantages: result_pb2.GroupAdvantages
) -> None:
    has_credit = advantages.HasField("team_value")
    for name in ("credit", "scaled_credit"):
        require_present(path, answer, name, has_credit)
        require_finite(f"{path}.{name}", getattr(answer, name))


def _check_ratio(path: str, answer: result_pb2.GoldResult) -> None:
    has_ratio = answer.HasField("importance_ratio")
    require_present(path, answer, "clipped", has_ratio)
    ratio = answer.importance_ratio
    if has_ratio and not (math.isfinite(ratio) and ratio > 0):
        raise InvalidAnswerError(f"{path}.importance_ratio: {ratio} (expected: finite, > 0)")


def _check_gold(
    path: str, group: rollout_pb2.RolloutGroup, advantages: result_pb2.GroupAdvantages
) -> None:
    gold = advantages.gold
    replaced = gold.outcome == result_pb2.GOLD_OUTCOME_REPLACED
    for name in ("replaced_index", "replaced_rollout_id", "advantage"):
        require_present(path, gold, name, replaced)
    if not replaced:
        return
    place = gold.replaced_index
    require_position(f"{path}.replaced_index", place, len(group.rollouts))
    require(
        f"{path}.replaced_rollout_id", gold.replaced_rollout_id, group.rollouts[place].rollout_id
    )
    require(f"{path}: included of its place", advantages.rollouts[place].included, False)
    require_finite(f"{path}.advantage", gold.advantage)
    _check_credit(path, gold, advantages)
    _check_ratio(path, gold)


def _check_kernel(
    path: str,
    advantages: result_pb2.GroupAdvantages,
    output: advantage_service_pb2.OutputOptions,
) -> None:
    require_finite(f"{path}.kernel.median_similarity", advantages.kernel.median_similarity)
    require_not_negative(f"{path}.kernel.temperature", advantages.kernel.temperature)
    require_present(path, advantages, "similarity_f64_le", output.similarity)
    if output.similarity:
        expected = 8 * len(advantages.rollouts) ** 2
        require(f"{path}.similarity_f64_le: bytes", len(advantages.similarity_f64_le), expected)
        if not np.isfinite(np.frombuffer(advantages.similarity_f64_le, dtype="<f8")).all():
            raise InvalidAnswerError(
                f"{path}.similarity_f64_le: a NaN or infinity (expected: finite)"
            )


def _check_metrics(path: str, metrics: result_pb2.DiversityMetrics) -> None:
    for field, value in metrics.ListFields():
        require_finite(f"{path}.{field.name}", value)


def _check_pass_at_k(
    path: str,
    diversity: result_pb2.GroupDiversity,
    output: advantage_service_pb2.OutputOptions,
) -> None:
    for i, entry in enumerate(diversity.pass_at_k):
        if entry.k not in output.pass_at_k:
            expected = f"one of {list(output.pass_at_k)}"
            raise InvalidAnswerError(f"{path}[{i}].k: {entry.k} (expected: {expected})")
        if not 0 <= entry.value <= 1:
            raise InvalidAnswerError(f"{path}[{i}].value: {entry.value} (expected: in [0, 1])")
