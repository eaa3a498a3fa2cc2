# SPDX-License-Identifier: Apache-2.0
"""What TRL computes, again in float64: only to measure how far its float32 is from that."""

import numpy as np

TIE = 1e-12
EPSILON = 1e-4


def reward_sums(columns, weights):
    """Weighted sum of the reward functions; None counts as 0, NaN if all are None."""
    total = np.nansum(columns * weights, axis=1)
    total[np.isnan(columns).all(axis=1)] = np.nan
    return total


def spread_std(values):
    """Sample standard deviation of what is not NaN; 0 for a tie, NaN for fewer than two."""
    scorable = values[~np.isnan(values)]
    if len(scorable) < 2:
        return np.nan
    return 0.0 if np.ptp(scorable) <= TIE else scorable.std(ddof=1)


def minus_mean(values):
    """Value - mean of what is not NaN, exactly 0 for a tie."""
    scorable = values[~np.isnan(values)]
    if len(scorable) == 0 or np.ptp(scorable) <= TIE:
        return np.where(np.isnan(values), np.nan, 0.0)
    return values - scorable.mean()


def grpo(columns, weights, size, scale):
    """GRPOTrainer, sum_then_normalize."""
    rewards = reward_sums(columns, weights)
    batch_std = spread_std(rewards)
    advantages = []
    for group in rewards.reshape(-1, size):
        divisor = {"group": spread_std(group) + EPSILON, "batch": batch_std + EPSILON, "none": 1.0}
        advantages.append(minus_mean(group) / divisor[scale])
    return np.nan_to_num(np.array(advantages))


def gdpo(columns, weights, size):
    """GRPOTrainer, normalize_then_sum."""
    z = np.zeros_like(columns)
    for start in range(0, len(columns), size):
        for k in range(columns.shape[1]):
            group = columns[start : start + size, k]
            z[start : start + size, k] = minus_mean(group) / (spread_std(group) + EPSILON)
    total = np.nansum(z * weights, axis=1)
    total[np.isnan(columns).all(axis=1)] = np.nan
    advantages = minus_mean(total) / (spread_std(total) + EPSILON)
    return np.nan_to_num(advantages).reshape(-1, size)


def rloo(columns, weights, size, normalize):
    """RLOOTrainer without KL penalty and clipping."""
    advantages = []
    for group in reward_sums(columns, weights).reshape(-1, size):
        count = np.sum(~np.isnan(group))
        scaled = count / (count - 1) if count > 1 else np.nan
        advantages.append(minus_mean(group) * scaled)
    flat = np.concatenate(advantages)
    if normalize:
        flat = minus_mean(flat) / (spread_std(flat) + EPSILON)
    return np.nan_to_num(flat).reshape(-1, size)
