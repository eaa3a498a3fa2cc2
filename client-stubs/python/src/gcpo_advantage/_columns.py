# SPDX-License-Identifier: Apache-2.0
"""Columns of a group: one value for each rollout, some of them absent."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = Sequence["float | None"] | npt.NDArray[Any]
"""Numbers [n], one for each rollout; None and NaN both mean that there is none."""

Ids = Sequence[Hashable] | npt.NDArray[Any]
"""Ids [N], one for each row of a batch."""

_MAX_COUNT = 2**31 - 1
# NumPy would read numbers out of texts and dates, and drop what makes a number complex.
_NO_NUMBERS = frozenset("cmMOSU")
_LOOK_LIKE_NUMBERS = (str, bytes, np.complexfloating, np.datetime64, np.timedelta64)


def require_column(group: str, name: str, values: Any, n: int) -> None:  # noqa: ANN401
    """Checks that a column of numbers has one entry for each of n rollouts.

    Raises:
        ValueError: another shape or length.
    """
    shape = shape_of(f"{group}: {name}", values, "[n]")
    if len(shape) != 1:
        raise ValueError(f"{group}: {name} of shape {shape} (expected: [n])")
    _require_length(group, name, shape[0], n)


def require_entries(group: str, name: str, values: Any, n: int) -> None:  # noqa: ANN401
    """As :func:`require_column`, of texts and ids.

    NumPy is not asked for their shape: it would look into tuples, and give each text as much memory
    as the longest takes.
    """
    if isinstance(values, np.ndarray):
        require_column(group, name, values, n)
    else:
        _require_length(group, name, len(values), n)


def shape_of(path: str, values: Any, expected: str) -> tuple[int, ...]:  # noqa: ANN401
    """The shape of numbers.

    Raises:
        ValueError: rows of different lengths.
    """
    try:
        return np.shape(values)
    except ValueError as wrong:
        raise ValueError(f"{path}: rows of different lengths (expected: {expected})") from wrong


def present(path: str, values: Numbers | None) -> Iterator[tuple[int, float]]:
    """Position and value, as a double, of each number that is there; nothing without a column.

    Raises:
        ValueError: what is no number.
    """
    if values is not None:
        for i, value in enumerate(doubles(path, values).tolist()):
            if value == value:  # not NaN, which None has become too
                yield i, value


def doubles(path: str, values: Numbers) -> npt.NDArray[np.float64]:
    """The numbers, NaN for None.

    Raises:
        ValueError: what is no number, with its position.
    """
    plain = listed(values)
    try:
        column = np.asarray(plain)
        if column.dtype.kind not in _NO_NUMBERS:
            return column.astype(np.float64)
    except (TypeError, ValueError):
        pass  # one of them says why, or they are tensors of a device
    each = [number(f"{path}[{i}]", value) for i, value in enumerate(plain)]
    return np.array([np.nan if value is None else value for value in each], dtype=np.float64)


def number(path: str, value: Any) -> float | None:  # noqa: ANN401
    """A number as a double; None for None and NaN.

    Raises:
        ValueError: what is no number.
    """
    if value is None:
        return None
    try:
        if not isinstance(value, _LOOK_LIKE_NUMBERS):
            double = float(value)
            return double if double == double else None
    except (TypeError, ValueError):
        pass
    raise ValueError(f"{path}: {str(value)[:80]!r}, {type(value).__name__} (expected: a number)")


def count(path: str, value: float) -> int:
    """A whole number.

    Raises:
        ValueError: a number that is not whole, or out of [0, 2^31).
    """
    if not (0 <= value <= _MAX_COUNT and value == int(value)):
        raise ValueError(f"{path}: {value} (expected: a whole number in [0, {_MAX_COUNT}])")
    return int(value)


def listed(values: Any) -> Any:  # noqa: ANN401
    """Plain values of a tensor, wherever it is, or a series; an array or a list as it is."""
    if isinstance(values, np.ndarray) or not hasattr(values, "tolist"):
        return values
    return values.tolist()


def _require_length(group: str, name: str, length: int, n: int) -> None:
    if length != n:
        raise ValueError(f"{group}: {length} {name} (expected: {n})")
