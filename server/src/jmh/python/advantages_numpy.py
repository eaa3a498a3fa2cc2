# SPDX-License-Identifier: Apache-2.0
"""GCPO_COOPERATIVE with its defaults in NumPy, from embeddings to advantages, in two versions.

loop: one numpy.linalg.slogdet for each subset of each group, the Shapley sums over masks.
stacked: one stacked numpy.linalg.slogdet for all subsets of a batch of groups, the Shapley sums as
one matrix product; wrong rollouts and absent members become rows of the identity.

Reads from standard input a line "GROUPS ROLLOUTS DIMENSION" and float32 values, little-endian: the
rewards [GROUPS, ROLLOUTS], then the embeddings [GROUPS, ROLLOUTS, DIMENSION]. Prints the fastest
of the given number of repetitions in seconds, then all advantages.

Usage: python advantages_numpy.py loop|stacked REPETITIONS < groups.bin
"""

import math
import sys
import time

import numpy as np

EPSILON = 1e-6
TIE_TOLERANCE = 1e-5
# Stacked matrices of one batch take at most this many bytes.
BATCH_BYTES = 64 << 20


def kernels(embeddings):
    x = embeddings.astype(np.float64)
    norms = np.linalg.norm(x, axis=-1, keepdims=True)
    x = np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)
    return x @ np.swapaxes(x, -1, -2)


def weighted(kernel, rewards):
    roots = np.sqrt(np.maximum(0.0, rewards.astype(np.float64)))
    return roots[..., :, None] * kernel * roots[..., None, :]


def standardised(credits):
    scores = credits / math.log(2)
    if scores.max() - scores.min() <= TIE_TOLERANCE:
        return np.zeros(len(scores))
    return (scores - scores.mean()) / (scores.std(ddof=1) + EPSILON)


def shapley_weights(n):
    return [math.factorial(s) * math.factorial(n - s - 1) / math.factorial(n) for s in range(n)]


def loop_credits(a):
    n = len(a)
    m = np.eye(n) + a
    value = [0.0] * (1 << n)
    for mask in range(1, 1 << n):
        members = [i for i in range(n) if mask >> i & 1]
        value[mask] = np.linalg.slogdet(m[np.ix_(members, members)])[1]
    weight = shapley_weights(n)
    phi = np.zeros(n)
    for mask in range(1 << n):
        size = bin(mask).count("1")
        for i in range(n):
            if not mask >> i & 1:
                phi[i] += weight[size] * (value[mask | 1 << i] - value[mask])
    return phi


def loop(embeddings, rewards):
    return [
        standardised(loop_credits(weighted(kernels(e), r))) for e, r in zip(embeddings, rewards)
    ]


def membership(n):
    """[2^n, n]: which rollouts a set has."""
    return (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(np.float64)


def signed_weights(members):
    """[2^n, n]: what a set's value counts in a rollout's credit."""
    n = members.shape[1]
    weight = np.array(shapley_weights(n))
    size = members.sum(axis=1).astype(int)
    with_member = weight[np.maximum(size - 1, 0)][:, None]
    without = weight[np.minimum(size, n - 1)][:, None]
    return np.where(members > 0, with_member, -without)


def stacked(embeddings, rewards):
    n = rewards.shape[1]
    members = membership(n)
    weights = signed_weights(members)
    pairs = members[:, :, None] * members[:, None, :]
    a = weighted(kernels(embeddings), rewards)
    batch = max(1, BATCH_BYTES // pairs.nbytes)
    credits = []
    for first in range(0, len(a), batch):
        matrices = np.eye(n) + a[first : first + batch, None] * pairs
        credits.append(np.linalg.slogdet(matrices)[1] @ weights)
    return [standardised(phi) for phi in np.concatenate(credits)]


def main():
    groups, rollouts, dimension = map(int, sys.stdin.buffer.readline().split())
    values = np.frombuffer(sys.stdin.buffer.read(), dtype="<f4")
    rewards = values[: groups * rollouts].reshape(groups, rollouts)
    embeddings = values[groups * rollouts :].reshape(groups, rollouts, dimension)
    version = {"loop": loop, "stacked": stacked}[sys.argv[1]]
    fastest = math.inf
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        advantages = version(embeddings, rewards)
        fastest = min(fastest, time.perf_counter() - start)
    print(fastest, *np.concatenate(advantages))


if __name__ == "__main__":
    main()
