# SPDX-License-Identifier: Apache-2.0
"""Writes trl.json: the advantages that TRL's own trainers compute from prescribed rewards.

Usage: python generate.py trl.json
"""

import importlib.metadata
import json
import platform
import sys

import numpy as np
from trl import GRPOConfig, GRPOTrainer, RLOOConfig, RLOOTrainer

import reference
import tiny

SEED = 20260511
GROUPS_PER_BATCH = 5
BATCHES = 3
NAMES = ["accuracy", "format", "length"]
WEIGHTS = [1.0, 0.5, 0.25]
PACKAGES = ["trl", "torch", "transformers", "accelerate", "datasets", "numpy"]

# How rewards are drawn; a batch of five groups takes five kinds in turn.
KINDS = {
    "binary": lambda random, n: random.integers(0, 2, n),
    "normal": lambda random, n: random.standard_normal(n),
    "ones": lambda random, n: np.ones(n),
    "some unscorable": lambda random, n: np.where(random.random(n) < 0.4, np.nan, random.random(n)),
    "tenths": lambda random, n: np.full(n, 0.1),
    "eighths": lambda random, n: random.integers(-8, 9, n) / 8,
    "one scorable": lambda random, n: np.where(np.arange(n) == n - 1, 0.75, np.nan),
    "zeros": lambda random, n: np.zeros(n),
    "one odd": lambda random, n: np.where(np.arange(n) == random.integers(0, n), 0.7, 0.1),
    "unscorable": lambda random, n: np.full(n, np.nan),
    "uniform": lambda random, n: random.uniform(-5, 5, n),
}
COMPLETE_KINDS = {name: kind for name, kind in KINDS.items() if "scorable" not in name}
HARD_KINDS = {"offset": lambda random, n: 10_000 + random.random(n)}


def draw(random, kind, n):
    """Float32 rewards as floats, None where unscorable."""
    return [None if np.isnan(r) else float(np.float32(r)) for r in kind(random, n)]


def batch(random, kinds, size, names, first):
    """The rows of one batch, one map from name to reward a rollout."""
    rows, drawers = [], list(kinds.values())
    for group in range(GROUPS_PER_BATCH):
        columns = {
            name: draw(random, drawers[(first + group + 4 * k) % len(drawers)], size)
            for k, name in enumerate(names)
        }
        rows += [{name: columns[name][i] for name in names} for i in range(size)]
    return rows


def run(trainer, options, names, weights, seed, kinds=KINDS):
    """The cases of one trainer configuration: one a batch."""
    classes = {"GRPO": (GRPOTrainer, GRPOConfig), "RLOO": (RLOOTrainer, RLOOConfig)}[trainer]
    size = options["num_generations"]
    random = np.random.default_rng([SEED, seed])
    batches = [
        batch(random, kinds, size, names, GROUPS_PER_BATCH * b + seed) for b in range(BATCHES)
    ]
    found = tiny.advantages(*classes, options | {"reward_weights": weights}, names, batches, seed)
    return [
        case(trainer, options, dict(zip(names, weights, strict=True)), rows, flat)
        for rows, flat in zip(batches, found, strict=True)
    ]


def case(trainer, options, weights, rows, flat):
    """What TRL saw, what it computed, and how far each group is from the same in float64."""
    size = options["num_generations"]
    columns = np.array([[np.nan if r is None else r for r in row.values()] for row in rows], float)
    numbers = np.array(list(weights.values()))
    expected = float64(trainer, options, columns, numbers)
    found = np.array(flat).reshape(-1, size)
    sums = [None if np.isnan(r) else float(r) for r in reference.reward_sums(columns, numbers)]
    return {
        "trainer": trainer,
        "config": options | {"reward_weights": weights},
        "float64_difference": np.abs(found - expected).max(axis=1).tolist(),
        "groups": [
            {
                "rewards": sums[start : start + size],
                "reward_components": [
                    {name: r for name, r in row.items() if r is not None}
                    for row in rows[start : start + size]
                ],
            }
            for start in range(0, len(rows), size)
        ],
        "advantages": found.tolist(),
    }


def float64(trainer, options, columns, weights):
    size = options["num_generations"]
    if trainer == "RLOO":
        return reference.rloo(columns, weights, size, options["normalize_advantages"])
    if options["multi_objective_aggregation"] == "normalize_then_sum":
        return reference.gdpo(columns, weights, size)
    return reference.grpo(columns, weights, size, options["scale_rewards"])


def configurations():
    """(trainer, options, reward functions, weights, kinds) of every training run."""
    for size in [2, 4, 8]:
        grpo = {"num_generations": size, "multi_objective_aggregation": "sum_then_normalize"}
        rloo = {"num_generations": size}
        for scale in ["group", "batch", "none"]:
            yield "GRPO", grpo | {"scale_rewards": scale}, NAMES[:1], [1.0], KINDS
            yield "GRPO", grpo | {"scale_rewards": scale}, NAMES, WEIGHTS, KINDS
        gdpo = grpo | {"multi_objective_aggregation": "normalize_then_sum"}
        yield "GRPO", gdpo, NAMES[:1], [1.0], KINDS
        yield "GRPO", gdpo, NAMES, WEIGHTS, KINDS
        yield "GRPO", gdpo, NAMES, WEIGHTS, COMPLETE_KINDS
        yield "GRPO", grpo | {"scale_rewards": "batch"}, NAMES[:1], [1.0], COMPLETE_KINDS
        for normalize in [False, True]:
            yield "RLOO", rloo | {"normalize_advantages": normalize}, NAMES[:1], [1.0], KINDS
        yield "RLOO", rloo | {"normalize_advantages": False}, NAMES, WEIGHTS, KINDS
    hard = {"num_generations": 8, "multi_objective_aggregation": "sum_then_normalize"}
    yield "GRPO", hard | {"scale_rewards": "group"}, NAMES[:1], [1.0], HARD_KINDS


def main():
    cases = []
    for seed, (trainer, options, names, weights, kinds) in enumerate(configurations()):
        cases += run(trainer, options, names, weights, seed, kinds)
    versions = {"python": platform.python_version()}
    versions |= {name: importlib.metadata.version(name) for name in PACKAGES}
    lines = ",\n".join(json.dumps(c, allow_nan=False) for c in cases)
    head = f'{{"versions": {json.dumps(versions)}, "seed": {SEED}, "cases": [\n'
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(f"{head}{lines}\n]}}\n")


if __name__ == "__main__":
    main()
