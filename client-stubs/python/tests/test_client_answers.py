# SPDX-License-Identifier: Apache-2.0
"""Answers that do not fit their question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    InvalidAnswerError,
    RolloutGroup,
)

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], rollout_ids=["a0", "a1"]),
    RolloutGroup("b", ["three"], [None]),
]


def _swap(answer: Any) -> None:  # noqa: ANN401
    answer.results.reverse()


def _shorten(answer: Any) -> None:  # noqa: ANN401
    del answer.results[1]


def _drop_rollout(answer: Any) -> None:  # noqa: ANN401
    del answer.results[0].advantages.rollouts[0]


def _rename_rollout(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].rollout_id = "x"


def _nan(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].advantage = float("nan")


def _infinite_credit(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].credit = float("inf")


def _drop_credit(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].ClearField("credit")


def _drop_outcome(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].ClearField("advantages")


def _ok_error(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].error.message = "but code OK"


def _other_request(answer: Any) -> None:  # noqa: ANN401
    answer.request_id = "other"


@pytest.mark.parametrize(
    ("distort", "message"),
    [
        (_swap, r"^results\[0\].group_id: 'b' \(expected: 'a'\)$"),
        (_shorten, r"^results: length: 1 \(expected: 2\)$"),
        (_drop_rollout, r"^results\[0\].advantages.rollouts: length: 1 \(expected: 2\)$"),
        (_rename_rollout, r"^results\[0\].advantages.rollouts\[1\].rollout_id: 'x' "),
        (_nan, r"^results\[0\].advantages.rollouts\[1\].advantage: nan \(expected: finite\)$"),
        (_infinite_credit, r"^results\[0\].advantages.rollouts\[1\].credit: inf "),
        (_drop_credit, r"^results\[0\].advantages.rollouts\[1\].credit: present: False "),
        (_drop_outcome, r"^results\[0\].outcome: unset "),
        (_ok_error, r"^results\[0\].error.code: 0 "),
        (_other_request, r"^request_id: 'other' "),
    ],
)
def test_compute_unfit_answer_is_refused(
    fake: FakeServer,
    client: AdvantageClient,
    distort: Callable[[Any], None],
    message: str,
) -> None:
    fake.distort = distort

    with pytest.raises(InvalidAnswerError, match=message):
        client.compute(GROUPS)
