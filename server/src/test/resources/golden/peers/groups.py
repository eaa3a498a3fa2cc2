# SPDX-License-Identifier: Apache-2.0
"""Random groups: sizes 1 to 16, and every kind of reward and embedding that has gone wrong once."""

import numpy as np

REWARD_KINDS = [
    "signed",
    "binary",
    "ones",
    "eighths",
    "huge",
    "zeros",
    "unit",
    "offset",
    "odd one out",
    "tiny",
    "tenths",
    "nearly tied",
    "negative",
]
EMBEDDING_KINDS = [
    "random",
    "clusters",
    "near",
    "copies",
    "zero row",
    "noisy clusters",
    "opposite",
    "all zero",
]
WIDTHS = [3, 1, 8, 2, 16, 5, 4]


def size(index):
    return 1 + index * 5 % 16


def rewards(random, n, kind):
    """Float64 rewards, at most 1e6 in magnitude."""
    drawn = {
        "signed": lambda: random.standard_normal(n),
        "binary": lambda: random.integers(0, 2, n),
        "ones": lambda: np.ones(n),
        "eighths": lambda: random.integers(-4, 5, n) / 8,
        "huge": lambda: random.uniform(-1e6, 1e6, n),
        "zeros": lambda: np.zeros(n),
        "unit": lambda: random.random(n),
        "offset": lambda: 999_999.0 + random.integers(0, 2, n),
        "odd one out": lambda: np.where(np.arange(n) == random.integers(0, n), 0.7, 0.1),
        "tiny": lambda: 1e-9 * random.standard_normal(n),
        "tenths": lambda: np.full(n, 0.1),
        "nearly tied": lambda: 0.5 + 1e-14 * random.standard_normal(n),
        "negative": lambda: -random.integers(0, 3, n),
    }[kind]()
    return [float(r) + 0.0 for r in drawn]


def embeddings(random, n, d, kind):
    """Float32 rows [n][d]."""
    x = random.standard_normal((n, d))
    if kind == "clusters":
        x = random.standard_normal((3, d))[random.integers(0, 3, n)]
    if kind == "noisy clusters":
        x = random.standard_normal((3, d))[random.integers(0, 3, n)] + 0.1 * x
    if kind == "near":
        x = random.standard_normal(d) + 10.0 ** -random.integers(1, 5) * x
    if kind == "copies":
        x = np.tile(random.standard_normal(d), (n, 1))
    if kind == "zero row":
        x[random.integers(0, n)] = 0
    if kind == "opposite":
        x = random.standard_normal(d) * random.choice([-1, 1], (n, 1))
    if kind == "all zero":
        x = np.zeros((n, d))
    return [[float(v) for v in row] for row in x.astype(np.float32)]


def tokens(random, n):
    """Generated tokens of each rollout, at least 1."""
    return [int(t) for t in np.ceil(2.0 ** random.uniform(0, 12, n))]


def components(random, n, index):
    """Three reward components of each rollout, as trainers have them."""
    kinds = ["binary", "eighths", "ones", "unit", "signed", "huge", "tenths"]
    accuracy = rewards(random, n, kinds[index % 7])
    layout = rewards(random, n, ["binary", "ones", "zeros"][index % 3])
    length = rewards(random, n, kinds[(index + 3) % 7])
    return [
        {"accuracy": a, "format": f, "length": s}
        for a, f, s in zip(accuracy, layout, length, strict=True)
    ]
