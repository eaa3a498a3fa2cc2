# SPDX-License-Identifier: Apache-2.0
"""What an adapter needs of its trainer, checked when it is installed and not in mid-training."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any


class IncompatibleTrainerError(ImportError):
    """The installed trainer is not one that the adapter was made for."""


@dataclass(frozen=True)
class Seam:
    """A function of the trainer that the adapter calls, replaces or is called by.

    Attributes:
        module: for example ``trl``.
        name: dotted, in the module, for example ``GRPOTrainer._calculate_rewards``.
        parameters: names that it must take, in this order; others may stand between them and after.
    """

    module: str
    name: str
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        """As it is written in code."""
        return f"{self.module}.{self.name}({', '.join(self.parameters)})"


def require(distribution: str, tested: str, seams: Sequence[Seam]) -> None:
    """Checks every seam of a trainer.

    Args:
        distribution: the trainer's name as it is installed, for example ``trl``.
        tested: the versions that the adapter was made for, as a reader wants them.
        seams: what it needs.

    Raises:
        IncompatibleTrainerError: naming every seam that is not there or takes other parameters.
    """
    problems = [problem for problem in map(_problem, seams) if problem]
    if problems:
        raise IncompatibleTrainerError(
            f"{distribution} {_version(distribution)}: "
            + "; ".join(problems)
            + f" (expected: as in {distribution} {tested})"
        )


def _problem(seam: Seam) -> str | None:
    try:
        found: Any = importlib.import_module(seam.module)
        for part in seam.name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as missing:
        return f"no {seam}: {missing}"
    names = iter(inspect.signature(found).parameters)
    if all(wanted in names for wanted in seam.parameters):
        return None
    return f"{seam.module}.{seam.name}{inspect.signature(found)} in place of {seam}"


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "of unknown version"
