# SPDX-License-Identifier: Apache-2.0
"""Estimators that weigh rewards by how alike the embeddings of a group are.

arXiv 2601.08763 (UNIQUENESS_AWARE), 2608.03467 (CUE_GRPO), 2509.02534 (DARLING), 2505.09655
(DRA_GRPO), 2601.09085 (MMR_GRPO).
"""

from exact import (
    TIE_EMBEDDINGS,
    TIE_REWARDS,
    UnclearError,
    centred,
    exact,
    is_tie,
    mean,
    mpf,
    sqrt,
    z_scores,
)


def cosine_kernel(embeddings):
    """Cosines of float32 rows; a zero row has similarity 0 to everything, itself included."""
    rows = [exact(row) for row in embeddings]
    norms = [sqrt(sum((x * x for x in row), mpf(0))) for row in rows]
    return [[cosine(rows, norms, i, j) for j in range(len(rows))] for i in range(len(rows))]


def cosine(rows, norms, i, j):
    if norms[i] == 0 or norms[j] == 0:
        return mpf(0)
    return sum((x * y for x, y in zip(rows[i], rows[j], strict=True)), mpf(0)) / norms[i] / norms[j]


def cluster_sizes(kernel, members, threshold):
    """Size of each member's connected component of cosine >= threshold, among the members."""
    label = {i: i for i in members}
    for i in members:
        for j in members:
            if abs(kernel[i][j] - threshold) < 1e-6:
                raise UnclearError("cosine near the threshold")
            if kernel[i][j] >= threshold and label[i] != label[j]:
                old, new = label[i], label[j]
                label = {m: new if x == old else x for m, x in label.items()}
    labels = list(label.values())
    return {i: labels.count(label[i]) for i in members}


def reward_z(rewards):
    """GRPO z-scores, refused where the two default tie tolerances would disagree."""
    if TIE_REWARDS / 10 < max(rewards) - min(rewards) < TIE_EMBEDDINGS * 10:
        raise UnclearError("tie under one default tolerance only")
    return z_scores(rewards, "1e-6")


def uniqueness_aware(rewards, kernel, threshold, exponent):
    """z / (cluster size)^exponent, clusters among all rollouts."""
    sizes = cluster_sizes(kernel, range(len(rewards)), threshold)
    return [z / mpf(sizes[i]) ** mpf(exponent) for i, z in enumerate(reward_z(rewards))]


def cue_grpo(rewards, kernel, threshold, exponent):
    """Positive advantages of right rollouts times weights of mean 1 that favour small clusters."""
    advantages = reward_z(rewards)
    right = [i for i, r in enumerate(rewards) if r > 0]
    tie = is_tie(rewards, TIE_REWARDS)
    if not tie and any(abs(advantages[i]) < 1e-9 for i in right):
        raise UnclearError("sign of an advantage")
    sizes = cluster_sizes(kernel, right, threshold)
    chosen = [i for i in right if advantages[i] > 0]
    weights = {i: mpf(sizes[i]) ** -mpf(exponent) for i in chosen}
    for i in chosen:
        advantages[i] *= weights[i] / mean(list(weights.values()))
    return advantages


def darling(rewards, kernel, threshold):
    """Reward times the share of rollouts outside one's cluster (at least 0.1), centred."""
    n = len(rewards)
    sizes = cluster_sizes(kernel, range(n), threshold)
    scores = []
    for i, r in enumerate(rewards):
        share = mpf(1) if n == 1 else mpf(n - sizes[i]) / (n - 1)
        scores.append(r * max(mpf(1) / 10, share))
    return centred(scores, TIE_EMBEDDINGS)


def dra_grpo(rewards, kernel):
    """Reward over the row sum of cosines, the sum at least 1 (upstream has no floor)."""
    scores = []
    for i, r in enumerate(rewards):
        total = mpf(0)
        for similarity in kernel[i]:
            total += similarity
        scores.append(r / (max(total, mpf(1)) + mpf("1e-6")))
    return z_scores(scores, "1e-4", TIE_EMBEDDINGS)


def mmr_grpo(rewards, kernel, weight):
    """Greedy maximal marginal relevance: what a rollout scored when it was picked is its reward."""
    return z_scores(mmr_scores(rewards, kernel, mpf(weight)), "1e-4", TIE_EMBEDDINGS)


def mmr_scores(rewards, kernel, weight):
    """The best reward is picked first and keeps it; the lowest index wins ties."""
    n = len(rewards)
    first = max(range(n), key=lambda i: (rewards[i], -i))
    scores, selected = {first: rewards[first]}, [first]
    while len(selected) < n:
        nearest = {
            i: max([mpf(0)] + [kernel[i][j] for j in selected])
            for i in range(n)
            if i not in selected
        }
        value = {i: weight * rewards[i] - (1 - weight) * s for i, s in nearest.items()}
        best = max(value.values())
        margin = mpf("1e-12") * max(1, max(abs(r) for r in rewards))
        tied = [i for i in value if value[i] >= best - margin]
        refuse_open_tie(tied, rewards, kernel, nearest)
        scores[tied[0]] = value[tied[0]]
        selected.append(tied[0])
    return [scores[i] for i in range(n)]


def refuse_open_tie(tied, rewards, kernel, nearest):
    """Lets a tie pass only if float64 sees it too, or if its order changes no score."""
    open_choice = [i for i in tied if nearest[i] < 1 - mpf("1e-12")]
    for i in open_choice[1:]:
        twin = open_choice[0]
        alike = kernel[i] == kernel[twin] or nearest[i] == nearest[twin] == 0
        if rewards[i] != rewards[twin] or not alike:
            raise UnclearError("order of two picks")
