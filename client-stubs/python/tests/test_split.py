# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from gcpo_advantage import RequestTooLargeError
from gcpo_advantage._split import split


def _parts(sizes: list[int], max_items: int, max_bytes: int) -> list[list[int]]:
    return [list(part) for part in split("groups", sizes, max_items, max_bytes, 10)]


def test_split_without_limits_is_one_part() -> None:
    assert _parts([1, 1, 1], 0, 0) == [[0, 1, 2]]
    assert _parts([], 0, 0) == []


def test_split_keeps_to_both_limits() -> None:
    assert _parts([1] * 5, 2, 0) == [[0, 1], [2, 3], [4]]
    # 10 for the header and 6 beside each item: two of 10 make 42.
    assert _parts([10, 10, 10], 0, 42) == [[0, 1], [2]]
    assert _parts([10, 10, 10], 0, 41) == [[0], [1], [2]]


def test_split_refuses_an_item_that_fits_nowhere() -> None:
    with pytest.raises(
        RequestTooLargeError,
        match=r"^groups\[1\]: 50 bytes \(expected: one message of at most 42 bytes\)$",
    ):
        _parts([10, 50], 0, 42)
