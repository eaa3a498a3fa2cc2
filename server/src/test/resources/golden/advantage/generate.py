# SPDX-License-Identifier: Apache-2.0
"""Writes advantages.json: what NumPy makes of random groups, straight from the definitions.

Nothing here shares a method with the server: Shapley values by enumeration of all subsets with
numpy.linalg.slogdet, the matrix logarithm and the Vendi score from numpy.linalg.eigh.

Usage: python generate.py > advantages.json
"""

import json
import math
from itertools import combinations

import numpy as np

SEED = 20260511
GROUPS = 32
TIE_COOPERATIVE = 1e-5
TIE_GRPO = 1e-12
EPSILON = 1e-6


def cosine_kernel(embeddings):
    x = embeddings.astype(np.float64)
    norms = np.linalg.norm(x, axis=1)
    unit = np.divide(x, norms[:, None], out=np.zeros_like(x), where=norms[:, None] > 0)
    return unit @ unit.T


def volume(kernel, rewards, alpha, exponent):
    weights = np.maximum(0.0, rewards) ** exponent
    return alpha * weights[:, None] * kernel * weights[None, :]


def coverage(a, members):
    if not members:
        return 0.0
    block = a[np.ix_(members, members)]
    return np.linalg.slogdet(np.eye(len(members)) + block)[1]


def shapley(a):
    n = len(a)
    value = {s: coverage(a, list(s)) for k in range(n + 1) for s in combinations(range(n), k)}
    phi = np.zeros(n)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for k in range(n):
            weight = math.factorial(k) * math.factorial(n - k - 1) / math.factorial(n)
            for s in combinations(others, k):
                phi[i] += weight * (value[tuple(sorted(s + (i,)))] - value[s])
    return phi


def matrix_log(a):
    values, vectors = np.linalg.eigh(a)
    return (vectors**2) @ np.log1p(np.maximum(0.0, values))


def normalise(scores, normalization, tie):
    if len(scores) == 0 or scores.max() - scores.min() <= tie:
        return np.zeros(len(scores))
    centred = scores - scores.mean()
    return centred if normalization == "CENTERED" else centred / (scores.std(ddof=1) + EPSILON)


def diversity(kernel):
    n = len(kernel)
    if n == 0:
        return {"count": 0, "vendi": 0.0, "distance": 0.0, "effective": 0.0, "distinct": 0}
    k = kernel.copy()
    np.fill_diagonal(k, 1.0)
    shares = np.linalg.eigvalsh(k / n)
    shares = shares[shares > 1e-12]
    off_diagonal = k[~np.eye(n, dtype=bool)]
    label = list(range(n))
    for i in range(n):
        for j in range(i):
            if k[i, j] >= 1 - 1e-6:
                label = [label[j] if x == label[i] else x for x in label]
    return {
        "count": n,
        "vendi": float(np.exp(-np.sum(shares * np.log(shares)))),
        "distance": float(np.mean(1 - off_diagonal)) if n > 1 else 0.0,
        "effective": float(np.linalg.slogdet(np.eye(n) + k)[1] / np.log(2)),
        "distinct": len(set(label)),
    }


def random_embeddings(random, n, d, kind):
    if kind == "clustered":
        return random.standard_normal((3, d))[random.integers(0, 3, n)]
    if kind == "near":
        distance = 10.0 ** -random.integers(1, 5)
        return random.standard_normal(d) + distance * random.standard_normal((n, d))
    x = random.standard_normal((n, d))
    if kind == "zero":
        x[random.integers(0, n)] = 0
    return x


def random_rewards(random, n, kind):
    if kind == "binary":
        return random.integers(0, 2, n).astype(float)
    if kind == "unit":
        return random.random(n)
    if kind == "correct":
        return np.ones(n)
    return random.standard_normal(n)


def group(random, index):
    n = int(random.integers(1, 11)) if index % 8 else 12
    d = [1, 2, 3, 8, 16][index % 5]
    embeddings = random_embeddings(
        random, n, d, ["random", "clustered", "near", "zero"][index % 4]
    ).astype(np.float32)
    rewards = random_rewards(random, n, ["binary", "unit", "correct", "signed"][index // 4 % 4])
    included = random.random(n) >= (0.2 if index % 3 == 2 else 0.0)
    alpha = [1.0, 0.5, 4.0, 30.0][index // 2 % 4]
    exponent = [0.5, 1.0][index // 3 % 2]

    kernel = cosine_kernel(embeddings)
    chosen = np.flatnonzero(included)
    a = volume(kernel[np.ix_(chosen, chosen)], rewards[chosen], alpha, exponent)

    def scatter(values):
        full = np.zeros(n)
        full[chosen] = values
        return full.tolist()

    def answer(phi):
        scaled = phi / np.log1p(alpha)
        return {
            "team_value": float(phi.sum()),
            "credit": scatter(phi),
            "scaled": scatter(scaled),
            "STD": scatter(normalise(scaled, "STD", TIE_COOPERATIVE)),
            "CENTERED": scatter(normalise(scaled, "CENTERED", TIE_COOPERATIVE)),
        }

    correct = np.flatnonzero(included & (rewards > 0))
    return {
        "alpha": alpha,
        "reward_exponent": exponent,
        "rewards": [float(r) if ok else None for r, ok in zip(rewards, included)],
        "embeddings": [[float(v) for v in row] for row in embeddings],
        "kernel": kernel.tolist(),
        "exact": answer(shapley(a)),
        "matrix_log": answer(matrix_log(a)),
        "grpo": {
            name: scatter(normalise(rewards[chosen], name, TIE_GRPO)) for name in ("STD", "CENTERED")
        },
        "diversity": diversity(kernel),
        "diversity_correct": diversity(kernel[np.ix_(correct, correct)]),
    }


def main():
    random = np.random.default_rng(SEED)
    groups = [group(random, index) for index in range(GROUPS)]
    lines = ",\n".join(json.dumps(g) for g in groups)
    print(f'{{"seed": {SEED}, "groups": [\n{lines}\n]}}')


if __name__ == "__main__":
    main()
