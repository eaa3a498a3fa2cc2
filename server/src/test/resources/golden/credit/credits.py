# SPDX-License-Identifier: Apache-2.0
"""Credits of a coverage game by enumeration of all coalitions, in exact or nearly exact numbers."""

from math import comb

from mpmath import matrix, mp, mpf

# Credits of tiny rewards start in the 120th digit of det(I + A): 50 digits of them need more.
mp.dps = 400


def kernel(embeddings):
    """Cosines of the float32 rows; a zero row has similarity 0 to everything, itself included."""
    rows = [[mpf(v) for v in row] for row in embeddings]
    squares = [sum((v * v for v in row), mpf(0)) for row in rows]

    def cosine(i, j):
        if squares[i] == 0 or squares[j] == 0:
            return mpf(0)
        dot = sum((x * y for x, y in zip(rows[i], rows[j], strict=True)), mpf(0))
        return dot / mp.sqrt(squares[i] * squares[j])

    return [[cosine(i, j) for j in range(len(rows))] for i in range(len(rows))]


def volume(cosines, rewards, alpha, exponent):
    """A = alpha L with L_ij = w_i^p K_ij w_j^p and w = max(0, r)."""
    weights = [mpf(r) ** mpf(exponent) if r > 0 else mpf(0) for r in rewards]
    n = len(rewards)
    return [
        [mpf(alpha) * weights[i] * cosines[i][j] * weights[j] for j in range(n)] for i in range(n)
    ]


def determinants(a):
    """det(I + A_S) of every coalition S, a bit mask."""
    n = len(a)
    table = [mpf(1)]
    for mask in range(1, 1 << n):
        members = [i for i in range(n) if mask >> i & 1]
        table.append(determinant([[a[i][j] + (i == j) for j in members] for i in members]))
    return table


def determinant(rows):
    """Gaussian elimination without pivoting: I + A is positive definite."""
    rows = [list(row) for row in rows]
    product = mpf(1)
    for k, pivot in enumerate(rows):
        product *= pivot[k]
        for row in rows[k + 1 :]:
            factor = row[k] / pivot[k]
            for j in range(k, len(rows)):
                row[j] -= factor * pivot[j]
    return product


def coalition_values(value):
    """Shapley, leave-one-out and Banzhaf values of a table of v(S)."""
    n = len(value).bit_length() - 1
    everyone = len(value) - 1
    shapley, banzhaf = [mpf(0)] * n, [mpf(0)] * n
    for mask in range(len(value)):
        size = mask.bit_count()
        for i in range(n):
            if not mask >> i & 1:
                marginal = value[mask | 1 << i] - value[mask]
                shapley[i] += marginal / (n * comb(n - 1, size))
                banzhaf[i] += marginal / 2 ** (n - 1)
    return {
        "value": value[everyone],
        "SHAPLEY": shapley,
        "LEAVE_ONE_OUT": [value[everyone] - value[everyone ^ 1 << i] for i in range(n)],
        "BANZHAF": banzhaf,
    }


def both_coverages(a):
    """Values of the two coverages: LOGDET, v = log det(I + A_S), and DET, v = det(I + A_S) - 1."""
    table = determinants(a)
    return coalition_values([mp.log(d) for d in table]), coalition_values([d - 1 for d in table])


def matrix_log(a):
    """Diagonal of log(I + A), and the condition number of I + A, from the eigenvalues of A."""
    n = len(a)
    values, vectors = mp.eigsy(matrix(a))
    values = [1 + max(mpf(0), v) for v in values]
    diagonal = [
        sum((vectors[i, k] ** 2 * mp.log(values[k]) for k in range(n)), mpf(0)) for i in range(n)
    ]
    return diagonal, max(values) / min(values)
