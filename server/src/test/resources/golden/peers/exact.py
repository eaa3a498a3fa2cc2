# SPDX-License-Identifier: Apache-2.0
"""Arithmetic of 50 digits for the golden values: plain loops, no code shared with the server."""

from mpmath import mp, mpf, sqrt

mp.dps = 50

TIE_REWARDS = 1e-12
TIE_EMBEDDINGS = 1e-5


class UnclearError(Exception):
    """A group whose answer a rounding error could flip: it tests luck, so it is drawn again."""


def exact(values):
    """The same numbers as mpf: a float64 converts without rounding."""
    return [mpf(float(v)) for v in values]


def mean(values):
    total = mpf(0)
    for v in values:
        total += v
    return total / len(values)


def sample_std(values):
    """Standard deviation with ddof 1; 0 for fewer than two values."""
    if len(values) < 2:
        return mpf(0)
    m = mean(values)
    squares = mpf(0)
    for v in values:
        squares += (v - m) ** 2
    return sqrt(squares / (len(values) - 1))


def is_tie(scores, tolerance):
    """Whether max - min <= tolerance; a spread near the tolerance is unclear."""
    spread = max(scores) - min(scores)
    if tolerance / 4 < spread < tolerance * 4:
        raise UnclearError("spread near the tie tolerance")
    return spread <= tolerance


def zeros(n):
    return [mpf(0)] * n


def centred(scores, tolerance=TIE_REWARDS):
    """s - mean; exactly 0 on a tie."""
    if is_tie(scores, tolerance):
        return zeros(len(scores))
    m = mean(scores)
    return [s - m for s in scores]


def z_scores(scores, epsilon, tolerance=TIE_REWARDS):
    """(s - mean) / (sample standard deviation + epsilon); exactly 0 on a tie."""
    divisor = sample_std(scores) + mpf(epsilon)
    return [c / divisor for c in centred(scores, tolerance)]


def others(values, i):
    """All values but the one at i."""
    return [v for j, v in enumerate(values) if j != i]


def to_floats(values):
    """The nearest float64 of each value; what is 0 but for the 50th digit becomes 0."""
    scale = max([abs(v) for v in values] + [mpf(1)])
    return [0.0 if abs(v) <= scale * mpf("1e-40") else float(v) for v in values]
