# SPDX-License-Identifier: Apache-2.0
"""Writes credit.json: credits of random games, with mpmath, straight from the definitions.

Usage: python generate.py > credit.json
"""

import json
import platform
import sys

import mpmath
import numpy as np
from mpmath import mpf

import check
from credits import both_coverages, kernel, matrix_log, volume
from games import GAMES, game

SEED = 20260511


def answer(drawn):
    """The game with its credits under both coverages."""
    cosines = kernel(drawn["embeddings"])
    a = volume(cosines, drawn["rewards"], drawn["alpha"], drawn["reward_exponent"])
    logdet, det = both_coverages(a)
    logdet["MATRIX_LOG"], condition = matrix_log(a)
    for found in [logdet, det]:
        check_efficiency(found, drawn)
    drawn["condition"] = float(condition)
    return drawn | {"LOGDET": rounded(logdet), "DET": rounded(det)}


def check_efficiency(found, drawn):
    """Shapley values and the matrix logarithm share out v(N); a null player earns nothing."""
    for name in {"SHAPLEY", "MATRIX_LOG"} & found.keys():
        total = sum(found[name], mpf(0))
        if abs(total - found["value"]) > abs(found["value"]) * mpf("1e-50"):
            raise AssertionError(f"sum of {name}: {total} (expected: {found['value']})")
    for i, reward in enumerate(drawn["rewards"]):
        if reward <= 0 and found["SHAPLEY"][i] != 0:
            raise AssertionError(f"credit of null player {i}: {found['SHAPLEY'][i]} (expected: 0)")


def rounded(found):
    """Everything to the nearest float64; what is 0 but for the last digits becomes 0."""
    return {
        name: nearest(v, found["value"])
        if name == "value"
        else [nearest(x, found["value"]) for x in v]
        for name, v in found.items()
    }


def nearest(x, scale):
    return 0.0 if abs(x) <= abs(scale) * mpf("1e-200") else float(x)


def main():
    check.worked_games()
    random = np.random.default_rng(SEED)
    games = [answer(game(random, index)) for index in range(GAMES)]
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "mpmath": mpmath.__version__,
    }
    lines = ",\n".join(json.dumps(g, allow_nan=False) for g in games)
    head = f'{{"versions": {json.dumps(versions)}, "seed": {SEED}, "games": [\n'
    sys.stdout.write(f"{head}{lines}\n]}}\n")


if __name__ == "__main__":
    main()
