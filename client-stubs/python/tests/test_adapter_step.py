# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, compute_step


def _settings(fake: FakeServer, **config: Any) -> AdapterSettings:  # noqa: ANN401
    return AdapterSettings(fake.target, config, timeout=20.0).with_golden_at("label")


def test_a_rollout_is_its_last_row_and_has_the_tokens_of_all(fake: FakeServer) -> None:
    rows = Rows(
        rewards=np.array([1.0, 2.0, 5.0, 3.0]),
        group_ids=["g", "g", "g", "h"],
        texts=["early", "other", "final", "alone"],
        generated_tokens=[10, 100, 1, None],
        rollout_ids=["a", "b", "a", "a"],
    )

    step = compute_step(rows, _settings(fake))

    first, second = fake.requests[0].groups
    assert [(r.text, r.reward, r.generated_tokens) for r in first.rollouts] == [
        ("final", 5.0, 11),
        ("other", 2.0, 100),
    ]
    assert [rollout.text for rollout in second.rollouts] == ["alone"]
    assert not second.rollouts[0].HasField("generated_tokens")
    # The fake server's advantage is a rollout's position in its group.
    np.testing.assert_array_equal(step.advantages, [0, 1, 0, 0])
    assert step.metrics["advantage_service/groups"] == 2
    assert step.metrics["advantage_service/seconds"] > 0
    assert pickle.loads(pickle.dumps(step)).metrics == step.metrics


def test_golden_answers_and_prompts_are_the_first_of_their_groups(
    fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    rows = Rows(
        rewards=[1.0, 0.0, 1.0],
        group_ids=[7, 7, 8],
        texts=["a", "b", "c"],
        golden=["", "because", None],
        prompts=["why?", "why? - a: hm", "who?"],
    )

    for _ in range(2):
        compute_step(rows, _settings(fake, gold={}))

    sent = fake.requests[0].groups
    assert [(group.golden_answer, group.prompt) for group in sent] == [
        ("because", "why?"),
        ("", "who?"),
    ]
    assert [record.message for record in caplog.records] == [
        "golden_field: label: no golden answer in 1 of 2 groups (expected: one in each, as the"
        " configuration asks for golden answers; this is said once)"
    ]


def test_no_rows_are_no_call(fake: FakeServer) -> None:
    step = compute_step(Rows([], [], []), _settings(fake))

    assert step.advantages.shape == (0,)
    assert step.metrics["advantage_service/groups"] == 0
    assert fake.calls == 0
