# SPDX-License-Identifier: Apache-2.0
"""Expectations of an answer; each names the path, the value and what was expected."""

from __future__ import annotations

import math

from google.protobuf.message import Message

from gcpo_advantage.errors import InvalidAnswerError


def require(path: str, value: object, expected: object) -> None:
    """Raises InvalidAnswerError unless both are equal."""
    if value != expected:
        raise InvalidAnswerError(f"{path}: {value!r} (expected: {expected!r})")


def require_present(path: str, message: Message, name: str, expected: bool) -> None:
    """Raises InvalidAnswerError unless a field is there, or is not."""
    require(f"{path}.{name}: present", message.HasField(name), expected)


def require_finite(path: str, value: float) -> None:
    """Raises InvalidAnswerError for a NaN or an infinity."""
    if not math.isfinite(value):
        raise InvalidAnswerError(f"{path}: {value} (expected: finite)")


def require_not_negative(path: str, value: float) -> None:
    """Raises InvalidAnswerError unless a value is finite and at least 0."""
    if not (math.isfinite(value) and value >= 0):
        raise InvalidAnswerError(f"{path}: {value} (expected: finite, >= 0)")


def require_position(path: str, position: int, n: int) -> None:
    """Raises InvalidAnswerError unless a position is one of n."""
    if not 0 <= position < n:
        raise InvalidAnswerError(f"{path}: {position} (expected: in [0, {n}))")
