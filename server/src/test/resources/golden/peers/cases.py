# SPDX-License-Identifier: Apache-2.0
"""Collects cases (groups and their advantages) and writes them."""

import json
import platform
import sys

import mpmath
import numpy as np

from exact import UnclearError, to_floats

SEED = 20260511
GROUPS = 24
BATCHES = [1, 2, 3, 5, 8, 8]


class Cases:
    """Draws groups, computes their advantages and collects both as cases."""

    def __init__(self):
        self.cases = []

    def generator(self):
        """A random stream of its own for every case, so that adding one leaves the others."""
        return np.random.default_rng([SEED, len(self.cases)])

    def add(self, estimator, config, groups, advantages, note=None):
        """One case; without groups it is none."""
        if not groups:
            return
        case = {"estimator": estimator, "config": config, "groups": groups}
        if note:
            case["note"] = note
        case["advantages"] = [to_floats(a) for a in advantages]
        self.cases.append(case)

    def per_group(self, estimator, config, draw, compute):
        """One case of GROUPS groups: draw(random, index) -> group, compute(group) -> list."""
        random = self.generator()
        drawn = [draw_clear(lambda i=i: draw(random, i), compute) for i in range(GROUPS)]
        self.add(estimator, config, [g for g, _ in drawn], [a for _, a in drawn])

    def per_batch(self, estimator, config, draw, compute):
        """One case per batch: compute(groups) -> a list per group."""
        random = self.generator()
        start = 1
        for count in BATCHES:
            indices = range(start, start + count)
            groups, advantages = draw_clear(lambda s=indices: [draw(random, i) for i in s], compute)
            self.add(estimator, config, groups, advantages)
            start += count


def draw_clear(draw, compute):
    """The first draw whose answer no rounding error can flip, with that answer."""
    for _ in range(200):
        drawn = draw()
        try:
            return drawn, compute(drawn)
        except UnclearError:
            continue
    raise AssertionError("no clear draw in 200")


def write(cases, ratios):
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "mpmath": mpmath.__version__,
    }
    head = f'{{"versions": {json.dumps(versions)}, "seed": {SEED}'
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    sys.stdout.write(f'{head},\n"importance": {json.dumps(ratios)},\n"cases": [\n{lines}\n]}}\n')
