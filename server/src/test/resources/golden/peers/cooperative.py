# SPDX-License-Identifier: Apache-2.0
"""What the two GCPO estimators do around their credits: normalisations, golden answer, ratio."""

from exact import (
    TIE_EMBEDDINGS,
    TIE_REWARDS,
    UnclearError,
    centred,
    is_tie,
    mean,
    mp,
    mpf,
    others,
    z_scores,
    zeros,
)


def normalise(scores, rewards, normalization, mix_weight=None):
    """Advantages of one group from its scaled credits (scores) and rewards."""
    if normalization == "RAW":
        return scores
    if normalization == "CENTERED":
        return centred(scores, TIE_EMBEDDINGS)
    if normalization == "STD":
        return z_scores(scores, "1e-6", TIE_EMBEDDINGS)
    if normalization == "LEAVE_ONE_OUT":
        return leave_one_out(scores)
    if normalization == "SIGN_SAFE":
        return sign_safe(scores, rewards)
    return mix(scores, rewards, mpf(mix_weight))


def leave_one_out(scores):
    """s minus the mean of the others; a lone rollout and a tie get 0."""
    if is_tie(scores, TIE_EMBEDDINGS):
        return zeros(len(scores))
    return [s - mean(others(scores, i)) for i, s in enumerate(scores)]


def sign_safe(scores, rewards):
    """GRPO, its positive part shared out by advantage times score; as it is if those sum to 0."""
    advantages = z_scores(rewards, "1e-6")
    if is_tie(rewards, TIE_REWARDS):
        return advantages
    if any(abs(a) < 1e-9 for a in advantages):
        raise UnclearError("sign of an advantage")
    positive = [i for i, a in enumerate(advantages) if a > 0]
    total, earned = mpf(0), mpf(0)
    for i in positive:
        total += advantages[i]
        earned += advantages[i] * scores[i]
    if earned > 0:
        for i in positive:
            advantages[i] *= scores[i] * total / earned
    return advantages


def mix(scores, rewards, weight):
    """(1 - weight) * GRPO + weight * z of the scores, each exactly 0 on its own tie."""
    grpo = z_scores(rewards, "1e-6")
    team = z_scores(scores, "1e-6", TIE_EMBEDDINGS)
    return [(1 - weight) * g + weight * t for g, t in zip(grpo, team, strict=True)]


def gold(rewards, threshold, golden_reward):
    """The rewards to normalise and the index replaced by the golden answer, or None."""
    if max(rewards) > threshold:
        return rewards, None
    return [*rewards[:-1], mpf(golden_reward)], len(rewards) - 1


def importance_ratio(log_prob, old_log_prob, tokens):
    """Sequence ratio of the GSPO form, its logarithm clamped to [-10, 10]."""
    exponent = (mpf(log_prob) - mpf(old_log_prob)) / tokens
    return mp.exp(min(mpf(10), max(mpf(-10), exponent)))


def is_clipped(ratio, advantage, clip_low, clip_high):
    """Whether the ratio leaves the trust region on the side its advantage pushes to."""
    if min(abs(ratio - 1 - mpf(clip_high)), abs(ratio - 1 + mpf(clip_low))) < 1e-9:
        raise UnclearError("ratio near its clip bound")
    return (ratio > 1 + mpf(clip_high) and advantage > 0) or (
        ratio < 1 - mpf(clip_low) and advantage < 0
    )
