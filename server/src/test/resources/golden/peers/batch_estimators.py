# SPDX-License-Identifier: Apache-2.0
"""Estimators that look at all groups of a batch: a list of groups in, a list of lists out."""

from itertools import chain

from exact import TIE_REWARDS, centred, is_tie, mean, mpf, sample_std, sqrt, z_scores, zeros


def regroup(flat, groups):
    """Cuts one list for the batch into one list per group."""
    values = iter(flat)
    return [[next(values) for _ in group] for group in groups]


def gpg(groups):
    """alpha (r - group mean), alpha = rollouts / max(1, rollouts of non-zero reward)."""
    rewards = [r for group in groups for r in group]
    alpha = mpf(len(rewards)) / max(1, sum(1 for r in rewards if r != 0))
    return [[alpha * c for c in centred(group)] for group in groups]


def minus_mean(rewards):
    """r - mean, 0 on a tie; a lone rollout keeps its reward, as in verl."""
    return rewards if len(rewards) == 1 else centred(rewards)


def reinforce_plus_plus(groups, tokens, weighting, whitening, baseline):
    """Rewards, less the group mean if baseline, whitened over the batch."""
    scores = [minus_mean(group) if baseline else group for group in groups]
    counts = [[t if weighting == "TOKENS" else 1 for t in group] for group in tokens]
    flat = whiten(list(chain(*scores)), list(chain(*counts)), whitening)
    return regroup(flat, groups)


def whiten(scores, counts, whitening):
    """(x - mean) / std, each x taken count times."""
    if is_tie(scores, TIE_REWARDS):
        return zeros(len(scores))
    total = sum(counts)
    m = sum((c * x for x, c in zip(scores, counts, strict=True)), mpf(0)) / total
    squares = sum((c * (x - m) ** 2 for x, c in zip(scores, counts, strict=True)), mpf(0))
    if whitening == "VERL":
        std = sqrt(squares / (total - 1) + mpf("1e-8"))
    else:
        std = sqrt(max(squares / total, mpf("1e-8")))
    return [(x - m) / std for x in scores]


def gdpo(groups, weights):
    """Weighted sum of each component's z-score in its group, then z-scores over the batch."""
    summed = [weighted_z_scores(group, weights) for group in groups]
    flat = list(chain(*summed))
    if is_tie(flat, TIE_REWARDS):
        return [zeros(len(group)) for group in groups]
    m, divisor = mean(flat), sample_std(flat) + mpf("1e-4")
    return [[(x - m) / divisor for x in group] for group in summed]


def weighted_z_scores(components, weights):
    """components[i][name] of one group: sum over names of weight * z-score."""
    totals = zeros(len(components))
    for name, weight in weights.items():
        scores = z_scores([c[name] for c in components], "1e-4")
        totals = [t + mpf(weight) * z for t, z in zip(totals, scores, strict=True)]
    return totals
