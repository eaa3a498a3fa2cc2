# SPDX-License-Identifier: Apache-2.0
"""A caller may say which model it expects; another one's answer is never returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from fake_server import FakeServer, status

from gcpo_advantage import (
    AdvantageClient,
    InvalidAnswerError,
    PreconditionError,
    RolloutGroup,
)

GROUPS = [RolloutGroup("a", ["x", "y"], [1.0, 0.0])]
CALLS: dict[str, Callable[[AdvantageClient, str], object]] = {
    "compute": lambda client, f: client.compute(GROUPS, expected_model_fingerprint=f),
    "compute_flat": lambda client, f: client.compute_flat(
        [1.0], ["a"], ["x"], expected_model_fingerprint=f
    ),
    "stream": lambda client, f: list(client.stream(GROUPS, expected_model_fingerprint=f)),
    "embed": lambda client, f: client.embed(["x"], expected_model_fingerprint=f),
    "submit": lambda client, f: client.submit(["x"], expected_model_fingerprint=f),
    "submit_async": lambda client, f: client.submit_async(
        ["x"], expected_model_fingerprint=f
    ).result(20),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_mismatch_is_typed_and_not_tried_again(
    fake: FakeServer, client: AdvantageClient, call: Callable[[AdvantageClient, str], object]
) -> None:
    details = status(9, "other model", "MODEL_FINGERPRINT_MISMATCH")
    fake.failures = [(grpc.StatusCode.FAILED_PRECONDITION, details)]

    with pytest.raises(PreconditionError) as failed:
        call(client, "f")

    assert failed.value.reason == "MODEL_FINGERPRINT_MISMATCH"
    assert fake.calls == 1


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_answer_of_another_model_is_refused(
    fake: FakeServer, client: AdvantageClient, call: Callable[[AdvantageClient, str], object]
) -> None:
    def other(answer: Any) -> None:  # noqa: ANN401
        answer.model.fingerprint = "g"

    fake.distort = other

    call(client, "g")
    with pytest.raises(InvalidAnswerError, match=r"^model.fingerprint: 'g' \(expected: 'f'\)"):
        call(client, "f")
