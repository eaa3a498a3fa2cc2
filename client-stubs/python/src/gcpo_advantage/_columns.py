# SPDX-License-Identifier: Apache-2.0
"""Columns of a group: one number for each rollout, some of them absent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = Sequence["float | None"] | npt.NDArray[Any]
"""Numbers [n], one for each rollout; None and NaN both mean that there is none."""

_MAX_COUNT = 2**31 - 1


def require_column(group: str, name: str, values: Any, n: int) -> None:  # noqa: ANN401
    """Checks that a column has one entry for each of n rollouts.

    Raises:
        ValueError: another shape or length.
    """
    shape = np.shape(values)
    if len(shape) != 1:
        raise ValueError(f"{group}: {name} of shape {shape} (expected: [n])")
    if shape[0] != n:
        raise ValueError(f"{group}: {shape[0]} {name} (expected: {n})")


def present(values: Numbers | None) -> Iterator[tuple[int, float]]:
    """Position and value, as a double, of each number that is there; nothing without a column."""
    if values is not None:
        for i, value in enumerate(np.asarray(values, dtype=np.float64).tolist()):
            if value == value:  # not NaN, which None has become too
                yield i, value


def count(path: str, value: float) -> int:
    """A whole number.

    Raises:
        ValueError: a number that is not whole, or out of [0, 2^31).
    """
    if not (0 <= value <= _MAX_COUNT and value == int(value)):
        raise ValueError(f"{path}: {value} (expected: a whole number in [0, {_MAX_COUNT}])")
    return int(value)
