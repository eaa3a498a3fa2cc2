# SPDX-License-Identifier: Apache-2.0
"""Estimators that optimise pass@k or the maximum of k rollouts.

arXiv 2503.19595 (GRPO_PASSK, as in verl), 2508.10751 (PASS_AT_K_TRAINING), 2505.15201 (PKPO).
"""

from itertools import combinations
from math import comb

from exact import TIE_REWARDS, centred, is_tie, mpf, sample_std, sqrt, zeros


def grpo_passk(rewards):
    """The best rollout alone gets (best - second best) / (std + 1e-6)."""
    advantages = zeros(len(rewards))
    if len(rewards) < 2 or is_tie(rewards, TIE_REWARDS):
        return advantages
    order = sorted(range(len(rewards)), key=lambda i: rewards[i], reverse=True)
    best, second = order[0], order[1]
    gap = rewards[best] - rewards[second]
    advantages[best] = gap / (sample_std(rewards) + mpf("1e-6"))
    return advantages


def pass_at_k_training(rewards, k):
    """The two closed-form values for right and wrong rollouts; rewards are 0 or 1."""
    n, correct = len(rewards), sum(1 for r in rewards if r == 1)
    if n < k or correct == 0 or correct > n - k:
        return zeros(n)
    rho = 1 - mpf(comb(n - correct, k)) / comb(n, k)
    sigma = sqrt(rho * (1 - rho)) + mpf("1e-6")
    fail = mpf(comb(n - correct - 1, k - 1)) / comb(n - 1, k - 1)
    right, wrong = (1 - rho) / sigma, (1 - rho - fail) / sigma
    return [right if r == 1 else wrong for r in rewards]


def pkpo_scores(rewards, k, variant):
    """Average over all k-subsets that hold i of max g, minus the maximum without i if asked for."""
    n = len(rewards)
    scores = zeros(n)
    if k > n:
        return scores
    shift = min(mpf(0), min(rewards))
    gains = [r - shift for r in rewards]
    for subset in combinations(range(n), k):
        best = max(gains[i] for i in subset)
        for i in subset:
            scores[i] += best
            if variant == "LEAVE_ONE_OUT_MINUS_ONE":
                scores[i] -= max((gains[j] for j in subset if j != i), default=mpf(0))
    return [s / comb(n, k) for s in scores]


def pkpo(rewards, k, variant, normalization):
    """PKPO scores as they are (RAW) or minus their mean (CENTERED)."""
    scores = pkpo_scores(rewards, k, variant)
    return centred(scores) if normalization == "CENTERED" else scores
