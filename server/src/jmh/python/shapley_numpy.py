# SPDX-License-Identifier: Apache-2.0
"""Shapley values of log det(I + A) by straightforward subset enumeration in NumPy.

One numpy.linalg.slogdet for each subset, then the Shapley sums over masks. Reads A from standard
input (n, then n * n numbers), prints the fastest of the given number of repetitions in seconds and
the n values.

Usage: python shapley_numpy.py REPETITIONS < matrix.txt
"""

import math
import sys
import time

import numpy as np


def shapley(a):
    n = len(a)
    m = np.eye(n) + a
    value = [0.0] * (1 << n)
    for mask in range(1, 1 << n):
        members = [i for i in range(n) if mask >> i & 1]
        value[mask] = np.linalg.slogdet(m[np.ix_(members, members)])[1]
    weight = [
        math.factorial(s) * math.factorial(n - s - 1) / math.factorial(n) for s in range(n)
    ]
    phi = [0.0] * n
    for mask in range(1 << n):
        size = bin(mask).count("1")
        for i in range(n):
            if not mask >> i & 1:
                phi[i] += weight[size] * (value[mask | 1 << i] - value[mask])
    return phi


def main():
    numbers = [float(word) for word in sys.stdin.read().split()]
    n = int(numbers[0])
    a = np.array(numbers[1:]).reshape(n, n)
    fastest = math.inf
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        phi = shapley(a)
        fastest = min(fastest, time.perf_counter() - start)
    print(fastest, *phi)


if __name__ == "__main__":
    main()
