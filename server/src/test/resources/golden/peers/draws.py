# SPDX-License-Identifier: Apache-2.0
"""Draws one group of each shape that the estimators take."""

import numpy as np

from groups import (
    EMBEDDING_KINDS,
    REWARD_KINDS,
    WIDTHS,
    components,
    embeddings,
    rewards,
    size,
    tokens,
)

WEIGHTS = {"accuracy": 1.0, "format": 0.5, "length": 0.25}


def reward_group(random, index):
    kind = REWARD_KINDS[index % len(REWARD_KINDS)]
    return {"rewards": rewards(random, size(index), kind)}


def token_group(random, index):
    group = reward_group(random, index)
    return group | {"generated_tokens": tokens(random, len(group["rewards"]))}


def greedy_group(random, index):
    group = reward_group(random, index)
    return group | {"greedy_reward": float(random.integers(0, 2)) if index % 2 else 0.37}


def binary_group(random, index):
    n = size(index)
    right = int(random.integers(0, n + 1)) if index % 3 else min(n, 1 + index // 8)
    return {"rewards": random.permutation([1.0] * right + [0.0] * (n - right)).tolist()}


def embedding_group(random, index, left_out=("nearly tied",)):
    """A group with embeddings; nearly tied rewards would make picks a matter of rounding."""
    kinds = [kind for kind in REWARD_KINDS if kind not in left_out]
    n = size(index)
    kind = EMBEDDING_KINDS[index % len(EMBEDDING_KINDS)]
    return {
        "rewards": rewards(random, n, kinds[index % len(kinds)]),
        "embeddings": embeddings(random, n, WIDTHS[index % len(WIDTHS)], kind),
    }


def clear_embedding_group(random, index):
    """The same without rewards that tie under one of the two default tie tolerances only."""
    return embedding_group(random, index, ("nearly tied", "tiny"))


def component_group(random, index):
    rows = components(random, size(index), index)
    summed = [sum(WEIGHTS[name] * row[name] for name in WEIGHTS) for row in rows]
    return {"rewards": summed, "reward_components": rows}


def score_group(random, index):
    """Scores as a credit makes them: 0 where the reward is not positive, else positive."""
    group = reward_group(random, index)
    n = len(group["rewards"])
    spread = [random.random(n), np.ones(n), random.integers(1, 4, n) / 4, 1e5 * random.random(n)]
    credit = spread[index // 2 % len(spread)]
    group["scores"] = [
        float(s) if r > 0 else 0.0 for s, r in zip(credit, group["rewards"], strict=True)
    ]
    return group
