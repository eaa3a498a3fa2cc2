# SPDX-License-Identifier: Apache-2.0
"""Two estimators in plain NumPy, for tests and for a trainer that has no server at hand.

They are twins of the service's: the same definitions and defaults, no fast path. Nothing is
embedded here: :func:`gcpo_cooperative` is given the similarities.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

MAX_EXACT = 16
"""Most rollouts of positive reward that :func:`gcpo_cooperative` takes: 65,536 determinants."""


@dataclass(frozen=True, eq=False)
class CooperativeCredits:
    """What a group earned together.

    Attributes:
        advantages: [n] standardised scaled credits; exactly 0 where a reward is NaN or credits tie.
        credits: [n] Shapley values of the team's coverage, >= 0; they sum to ``team_value``.
        scaled_credits: [n] in units of a lone correct rollout of reward 1.
        team_value: log det(I + alpha L) of all rollouts, >= 0.
    """

    advantages: FloatArray
    credits: FloatArray
    scaled_credits: FloatArray
    team_value: float


def grpo(
    rewards: npt.ArrayLike, *, epsilon: float = 1e-6, tie_tolerance: float = 1e-12
) -> FloatArray:
    """GRPO (arXiv 2402.03300): (r - mean) / (sample standard deviation + epsilon).

    Args:
        rewards: [n]; None or NaN where a rollout could not be scored: it gets 0 and enters no mean.
        epsilon: added to the divisor, > 0.
        tie_tolerance: rewards whose spread is at most this give exact zeros, and so does one alone;
            >= 0.

    Returns:
        [n] advantages.

    Raises:
        ValueError: rewards of another shape or infinite, or a parameter out of its range.
    """
    _require_ranges(tie_tolerance, epsilon=epsilon)
    scores = np.asarray(rewards, dtype=np.float64)
    counts = np.isfinite(scores)
    _check_rewards(scores)
    advantages = np.zeros_like(scores)
    advantages[counts] = _standardised(scores[counts], epsilon, tie_tolerance)
    return advantages


def gcpo_cooperative(
    rewards: npt.ArrayLike,
    similarity: npt.ArrayLike,
    *,
    alpha: float = 1.0,
    reward_exponent: float = 0.5,
    epsilon: float = 1e-6,
    tie_tolerance: float = 1e-5,
) -> CooperativeCredits:
    """Group Cooperative Policy Optimization, exactly; our reading of arXiv 2605.11461's abstract.

    With w = max(0, r)^p and L_ij = w_i K_ij w_j, a set S of rollouts covers
    v(S) = log det(I + alpha L_S). A rollout's credit is its Shapley value in v, its score
    credit / log(1 + alpha), its advantage the score standardised over the group.

    Args:
        rewards: [n]; None or NaN where a rollout could not be scored: it earns nothing and enters
            no mean.
        similarity: K [n, n], symmetric and positive semi-definite, for example
            :func:`cosine_similarity` or ``GroupResult.similarity``.
        alpha: volume scale, > 0.
        reward_exponent: p, > 0.
        epsilon: added to the divisor, > 0.
        tie_tolerance: scores whose spread is at most this give exact zeros; >= 0.

    Raises:
        ValueError: shapes do not fit, a number is not finite, a parameter is out of its range, or
            more than ``MAX_EXACT`` rewards are positive.
    """
    _require_ranges(tie_tolerance, alpha=alpha, reward_exponent=reward_exponent, epsilon=epsilon)
    scores = np.asarray(rewards, dtype=np.float64)
    kernel = np.asarray(similarity, dtype=np.float64)
    _check_rewards(scores)
    if kernel.shape != (scores.size, scores.size):
        raise ValueError(
            f"similarity: shape {kernel.shape} (expected: {(scores.size, scores.size)})"
        )
    if not np.isfinite(kernel).all():
        raise ValueError("similarity: a NaN or infinity (expected: finite)")
    players = np.flatnonzero(np.nan_to_num(scores) > 0)  # the others add nothing to any set
    if players.size > MAX_EXACT:
        raise ValueError(f"rewards: {players.size} above 0 (expected: <= {MAX_EXACT})")
    weights = scores[players] ** reward_exponent
    values = _coverage(
        alpha * weights[:, None] * kernel[np.ix_(players, players)] * weights[None, :]
    )
    shares = np.zeros_like(scores)
    shares[players] = _shapley(values)
    scaled = shares / math.log1p(alpha)
    counts = np.isfinite(scores)
    advantages = np.zeros_like(scores)
    advantages[counts] = _standardised(scaled[counts], epsilon, tie_tolerance)
    return CooperativeCredits(advantages, shares, scaled, float(values[-1]))


def cosine_similarity(embeddings: npt.ArrayLike) -> FloatArray:
    """K [n, n] of embeddings [n, d]: cosines in double precision, 1 on the diagonal.

    A zero vector is similar to nothing, itself included.

    Raises:
        ValueError: another shape, or a number that is not finite.
    """
    rows = np.asarray(embeddings, dtype=np.float64)
    if rows.ndim != 2:
        raise ValueError(f"embeddings: shape {rows.shape} (expected: (n, d))")
    if not np.isfinite(rows).all():
        raise ValueError("embeddings: a NaN or infinity (expected: finite)")
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
    kernel: FloatArray = np.clip(rows @ rows.T, -1, 1)
    np.fill_diagonal(kernel, (norms[:, 0] > 0).astype(np.float64))
    return kernel


def _standardised(scores: FloatArray, epsilon: float, tie_tolerance: float) -> FloatArray:
    if scores.size < 2 or np.ptp(scores) <= tie_tolerance:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / (scores.std(ddof=1) + epsilon))


def _coverage(weighted: FloatArray) -> FloatArray:
    """V of each set [2^m], by its bit mask: log det(I + weighted_S)."""
    players = len(weighted)
    shifted = np.eye(players) + weighted
    bits = (np.arange(1 << players)[:, None] >> np.arange(players)) & 1
    sizes = bits.sum(axis=1)
    values = np.zeros(1 << players)
    for size in range(1, players + 1):
        masks = np.flatnonzero(sizes == size)
        teams = np.nonzero(bits[masks])[1].reshape(len(masks), size)
        values[masks] = np.linalg.slogdet(shifted[teams[:, :, None], teams[:, None, :]])[1]
    return values


def _shapley(values: FloatArray) -> FloatArray:
    """The Shapley value [m] of each player of a game whose sets have these values [2^m]."""
    players = len(values).bit_length() - 1
    masks = np.arange(len(values))
    sizes = np.array([int(mask).bit_count() for mask in masks])
    shares = np.zeros(players)
    for player in range(players):
        without = masks[(masks >> player) & 1 == 0]
        orders = np.array([1 / (players * math.comb(players - 1, size)) for size in sizes[without]])
        shares[player] = orders @ (values[without | (1 << player)] - values[without])
    return shares


def _require_ranges(tie_tolerance: float, **positive: float) -> None:
    for name, value in positive.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"{name}: {value} (expected: finite, > 0)")
    if not tie_tolerance >= 0:
        raise ValueError(f"tie_tolerance: {tie_tolerance} (expected: >= 0)")


def _check_rewards(rewards: FloatArray) -> None:
    if rewards.ndim != 1:
        raise ValueError(f"rewards: shape {rewards.shape} (expected: (n,))")
    if np.isinf(rewards).any():
        raise ValueError("rewards: infinite (expected: finite, or NaN for one without a score)")
