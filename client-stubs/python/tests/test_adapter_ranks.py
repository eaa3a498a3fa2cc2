# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import pytest

from gcpo_advantage.adapters._ranks import Collectives, on_first_rank


class UnpicklableError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def _alone() -> Collectives:
    return Collectives(gather=lambda rows: rows, broadcast=lambda outcome: None, first=True)


def test_the_result_of_all_rows() -> None:
    assert on_first_rank(_alone(), lambda: [1, 2], sum) == 3


def test_another_rank_computes_nothing_and_takes_what_it_is_given() -> None:
    def broadcast(outcome: list[Any]) -> None:
        outcome[0] = 7

    ranks = Collectives(gather=lambda rows: [*rows, 2], broadcast=broadcast, first=False)
    assert on_first_rank(ranks, lambda: [1], lambda rows: pytest.fail("computed")) == 7


def test_an_error_that_does_not_travel_keeps_its_name_and_message() -> None:
    def fail(rows: list[Any]) -> None:
        raise UnpicklableError("cannot", "travel")

    with pytest.raises(RuntimeError, match="UnpicklableError: cannot travel"):
        on_first_rank(_alone(), lambda: [1], fail)
