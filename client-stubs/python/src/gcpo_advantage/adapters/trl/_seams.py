# SPDX-License-Identifier: Apache-2.0
"""What the adapter needs of a TRL trainer, and which of its settings go along with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gcpo_advantage.adapters._contract import IncompatibleTrainerError, Seam, require
from gcpo_advantage.adapters._ranks import require_below
from gcpo_advantage.adapters._settings import AdapterSettings

TESTED = "1.13.0 (run) and 1.10 (read)"
METHODS = {
    "_calculate_rewards": ("inputs", "prompts", "completions", "completion_ids_list"),
    "_generate_and_score_completions": ("inputs",),
}
_ATTRIBUTES = (
    *("accelerator", "num_generations", "reward_func_names", "reward_weights"),
    *("_logs", "_metrics"),
)


def require_first(mixin: type, cls: type) -> None:
    """Checks that the mixin's methods are the ones that run.

    Raises:
        TypeError: a trainer stands before it.
    """
    for base in cls.__mro__[: cls.__mro__.index(mixin)]:
        if not issubclass(base, mixin) and any(name in vars(base) for name in METHODS):
            raise TypeError(
                f"{cls.__name__}: {base.__name__} before {mixin.__name__}"
                f" (expected: class {cls.__name__}({mixin.__name__}, {base.__name__}))"
            )


def check_class(mixin: type, cls: type) -> None:
    """Checks the methods of a trainer's class.

    Raises:
        IncompatibleTrainerError: a method is not there, takes other parameters, or belongs to a
            trainer that puts other rows in the place of those that were scored.
    """
    seams = []
    for name, parameters in METHODS.items():
        owner = _owner(mixin, cls, name)
        if owner.__module__.startswith("trl.experimental."):
            raise IncompatibleTrainerError(
                f"{owner.__module__}.{owner.__qualname__}: has a {name} of its own"
                " (expected: a trainer that has GRPOTrainer's or RLOOTrainer's)"
            )
        seams.append(Seam(owner.__module__, f"{owner.__qualname__}.{name}", parameters))
    require("trl", TESTED, seams)


def check_trainer(trainer: Any) -> None:
    """Checks a trainer that has been made.

    Raises:
        IncompatibleTrainerError: it lacks an attribute.
    """
    missing = [name for name in _ATTRIBUTES if not hasattr(trainer, name)]
    if missing:
        raise IncompatibleTrainerError(
            f"{type(trainer).__name__}: no {', '.join(missing)} (expected: as in trl {TESTED})"
        )


def check_arguments(args: Any, settings: AdapterSettings) -> list[str]:
    """Checks a GRPOConfig or RLOOConfig.

    Returns:
        What the user should be told.

    Raises:
        ValueError: settings that do not go together.
    """
    require_below(settings, args.ddp_timeout)
    if hasattr(args, "normalize_advantages") and args.beta:
        raise ValueError(
            f"beta: {args.beta} (expected: 0; RLOOTrainer's KL penalty is part of the reward that"
            " the service's advantages replace, and would be lost)"
        )
    return list(_warnings(args))


def _warnings(args: Any) -> Iterator[str]:
    if getattr(args, "scale_rewards", "group") not in ("group", True):
        yield (
            f"scale_rewards: {args.scale_rewards} is not used; the service normalises, by"
            " `normalization` in its configuration"
        )
    if getattr(args, "multi_objective_aggregation", "sum_then_normalize") != "sum_then_normalize":
        yield (
            f"multi_objective_aggregation: {args.multi_objective_aggregation} is not used; the"
            " service's estimator gdpo normalises each reward function alone"
        )
    if getattr(args, "normalize_advantages", False):
        yield "normalize_advantages: True is not used; advantages stay as the service gives them"


def _owner(mixin: type, cls: type, name: str) -> type:
    """The class that has the method that ours calls; one made inside a function cannot be found."""
    for base in cls.__mro__:
        found = name in vars(base) and not issubclass(base, mixin)
        if found and "<locals>" not in base.__qualname__:
            return base
    return cls
