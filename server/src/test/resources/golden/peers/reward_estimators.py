# SPDX-License-Identifier: Apache-2.0
"""Estimators that look at the rewards of one group. Rewards come in as mpf, one per rollout."""

from exact import (
    TIE_REWARDS,
    UnclearError,
    centred,
    is_tie,
    mean,
    mpf,
    others,
    sample_std,
    z_scores,
    zeros,
)

# Added to the standard deviation, per library, as read in its source.
PROFILE_EPSILON = {
    "TRL": "1e-4",
    "VERL": "1e-6",
    "OPENRLHF": "1e-9",
    "SLIME": "1e-6",
    "SKYRL": "1e-6",
    "MS_SWIFT": "1e-4",
}
LONE_KEEPS_REWARD = ["VERL", "SKYRL"]
PROFILES = ["TRL", "VERL", "OPENRLHF", "NEMO_RL", "SLIME", "SKYRL", "MS_SWIFT", "PRIME_RL"]


def grpo(rewards, profile):
    """GRPO with one library's constants."""
    if len(rewards) == 1:
        return [rewards[0] / (1 + mpf("1e-6"))] if profile in LONE_KEEPS_REWARD else zeros(1)
    if profile == "PRIME_RL":
        return centred(rewards)
    if profile == "NEMO_RL":
        return leave_one_out_z(rewards)
    return z_scores(rewards, PROFILE_EPSILON[profile])


def leave_one_out_z(rewards):
    """NeMo-RL: mean and standard deviation of the other rollouts; no division where that is 0."""
    if is_tie(rewards, TIE_REWARDS):
        return zeros(len(rewards))
    advantages = []
    for i, r in enumerate(rewards):
        rest = others(rewards, i)
        a = r - mean(rest)
        if not is_tie(rest, TIE_REWARDS):
            a /= sample_std(rest) + mpf("1e-6")
        advantages.append(a)
    return advantages


def dr_grpo(rewards):
    """r - mean."""
    return centred(rewards)


def rloo(rewards):
    """r minus the mean of the others; a lone rollout gets 0."""
    if is_tie(rewards, TIE_REWARDS):
        return zeros(len(rewards))
    return [r - mean(others(rewards, i)) for i, r in enumerate(rewards)]


def opo(rewards, tokens):
    """r minus the mean reward weighted by generated tokens."""
    if is_tie(rewards, TIE_REWARDS):
        return zeros(len(rewards))
    weighted = mpf(0)
    for r, length in zip(rewards, tokens, strict=True):
        weighted += length * r
    return [r - weighted / sum(tokens) for r in rewards]


def maxrl(rewards, epsilon):
    """(r - mean) / (mean + epsilon); 0 where the mean is not positive."""
    m = mean(rewards)
    if abs(m) < max(abs(r) for r in rewards) * mpf("1e-9") and any(r != 0 for r in rewards):
        raise UnclearError("sign of the mean")
    if m <= 0:
        return zeros(len(rewards))
    return [c / (m + mpf(epsilon)) for c in centred(rewards)]


def remax(rewards, greedy_reward):
    """r minus the reward of the greedy rollout: no group, so no tie."""
    return [r - greedy_reward for r in rewards]
