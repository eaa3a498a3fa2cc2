# SPDX-License-Identifier: Apache-2.0
"""Random games: sizes 1 to 10, and the embeddings and rewards that hurt a determinant."""

import numpy as np

GAMES = 96
EMBEDDING_KINDS = ["random", "near", "duplicates", "zero row", "near", "clusters", "near", "line"]
REWARD_KINDS = ["ones", "binary", "unit", "signed", "scales", "ones", "huge", "tiny"]
ALPHAS = [1.0, 0.01, 100.0, 1000.0, 0.3, 10.0]
EXPONENTS = [0.5, 1.0, 2.0]


def game(random, index):
    """One game: float32 embeddings [n][d], rewards [n], alpha and the reward exponent p."""
    n = 10 if index % 16 == 15 else 1 + (index * 5 + index // 8) % 8
    kind = EMBEDDING_KINDS[index % len(EMBEDDING_KINDS)]
    d = 1 if kind == "line" else [2, 3, 8, 16, 5][index // 2 % 5]
    return {
        "embeddings": embeddings(random, n, d, kind, 10.0 ** -(1 + index // 2 % 8)),
        "rewards": rewards(random, n, REWARD_KINDS[(index + index // 8) % len(REWARD_KINDS)]),
        "alpha": ALPHAS[index % len(ALPHAS)],
        "reward_exponent": EXPONENTS[index // 2 % len(EXPONENTS)],
    }


def embeddings(random, n, d, kind, distance):
    """Rows of a kind; near ones are about the distance apart before they become float32."""
    x = random.standard_normal((n, d))
    if kind == "near":
        x = random.standard_normal(d) + distance * x
    if kind == "duplicates":
        x = random.standard_normal((2, d))[random.integers(0, 2, n)]
    if kind == "clusters":
        x = random.standard_normal((3, d))[random.integers(0, 3, n)] + distance * x
    if kind == "zero row":
        x[random.integers(0, n)] = 0
    return [[float(v) for v in row] for row in x.astype(np.float32)]


def rewards(random, n, kind):
    """Float64 rewards, at most 1e6; what is not positive is a null player."""
    drawn = {
        "ones": lambda: np.ones(n),
        "binary": lambda: random.integers(0, 2, n),
        "unit": lambda: random.random(n),
        "signed": lambda: random.standard_normal(n),
        "scales": lambda: 10.0 ** random.integers(-30, 7, n),
        "huge": lambda: 1e6 * random.random(n),
        "tiny": lambda: 1e-30 * random.random(n),
    }[kind]()
    return [float(r) for r in drawn]
