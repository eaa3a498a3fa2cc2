# SPDX-License-Identifier: Apache-2.0
"""What a trainer logs of one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gcpo_advantage.results import GroupResult


def step_metrics(results: Sequence[GroupResult]) -> dict[str, float]:
    """As ``FlatResult.metrics``, which says what they are."""
    good = [result for result in results if result.error is None]
    values: dict[str, float | None] = {
        "groups": float(len(results)),
        "failed_groups": float(len(results) - len(good)),
        "fallback_groups": float(sum(result.fallback is not None for result in good)),
        "kept_share": _mean(result.keep for result in good),
        "golden_share": _mean(
            result.gold.outcome == "replaced" for result in good if result.gold is not None
        ),
        "included_share": _ratio(
            sum(int(result.included.sum()) for result in good),
            sum(result.included.size for result in good),
        ),
        "truncated_share": _ratio(
            sum(int(result.truncated_tokens.sum()) for result in good),
            sum(int(result.tokens.sum()) for result in good),
        ),
        "reward_mean": _mean(r.rewards.mean for r in good if r.rewards.count),
        "reward_std": _mean(r.rewards.standard_deviation for r in good if r.rewards.count),
        "correct_share": _ratio(
            sum(result.rewards.correct for result in good),
            sum(result.rewards.count for result in good),
        ),
        "credit_std": _mean(
            float(np.std(result.scaled_credits))
            for result in good
            if result.scaled_credits is not None
        ),
        "median_similarity": _mean(
            result.kernel.median_similarity for result in good if result.kernel is not None
        ),
    }
    for suffix, of in (("", "all"), ("_correct", "correct")):
        sets = [getattr(r.diversity, of) for r in good if r.diversity is not None]
        values[f"vendi_score{suffix}"] = _mean(each.vendi_score for each in sets if each.count)
        values[f"distance{suffix}"] = _mean(
            each.mean_pairwise_distance for each in sets if each.count
        )
    return {name: value for name, value in values.items() if value is not None}


def _mean(values: Iterable[float | None]) -> float | None:
    present = [value for value in values if value is not None]
    return float(np.mean(present)) if present else None


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
