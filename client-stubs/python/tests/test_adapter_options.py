# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import logging
import threading
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage.adapters._options import Options
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, compute_step
from gcpo_advantage.adapters.verl import prefetching


def _options(fake: FakeServer, **config: Any) -> Options:  # noqa: ANN401
    return Options(AdapterSettings(target=fake.target, timeout=20.0, config=config))


def test_options_are_the_trainers_and_else_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GCPO_TARGET", "there:1")
    monkeypatch.setenv("GCPO_CONFIG", '{"estimator": "grpo"}')
    monkeypatch.setenv("GCPO_GOLDEN_FIELD", "label")
    monkeypatch.setenv("GCPO_PREFETCHED", "1")

    options = Options.read({"target": "here:2", "config": {"gold": {}}})

    assert options.settings.target == "here:2"
    assert options.settings.config == {"gold": {}}
    assert options.wants_golden
    assert options.golden_field == "label"
    assert options.prefetched
    assert not Options.read({"prefetched": False}).prefetched
    assert Options.read().settings.config == {"estimator": "grpo"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"targets": "x"}, r"gcpo\.targets \(expected"),
        ({"config": "grpo"}, r"gcpo\.config: 'grpo'"),
    ],
)
def test_options_that_cannot_be_read(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Options.read(given)


def test_flag_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCPO_PREFETCHED", "yes")
    with pytest.raises(ValueError, match="GCPO_PREFETCHED: yes"):
        Options.read()


def test_rollout_is_its_row_of_the_highest_rank(fake: FakeServer) -> None:
    rows = Rows(
        rewards=np.array([5.0, 1.0, 2.0, 3.0]),
        group_ids=["g", "g", "g", "h"],
        texts=["final", "early", "other", "alone"],
        generated_tokens=[1, 10, 100, 1000],
        rollout_ids=["a", "a", "b", "a"],
        ranks=[1, 0, 0, 0],
    )

    advantages, metrics = compute_step(rows, _options(fake))

    first, second = fake.requests[0].groups
    assert [(r.text, r.reward, r.generated_tokens) for r in first.rollouts] == [
        ("final", 5.0, 11),
        ("other", 2.0, 100),
    ]
    assert [rollout.text for rollout in second.rollouts] == ["alone"]
    # The fake server's advantage is a rollout's position in its group.
    np.testing.assert_array_equal(advantages, [0, 0, 1, 0])
    assert metrics["advantage_service/groups"] == 2


def test_no_rows_are_no_call(fake: FakeServer) -> None:
    advantages, metrics = compute_step(Rows(np.zeros(0), [], [], []), _options(fake))

    assert advantages.shape == (0,)
    assert metrics == {}
    assert fake.calls == 0


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_prefetching_sends_the_text_and_scores_as_before(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    fake.released.clear()  # scoring does not wait for the answer
    answered = threading.Event()
    fake.distort = lambda answer: answered.set()

    def score(data_source: str, solution_str: str, ground_truth: str) -> float:
        return float(solution_str == ground_truth)

    async def score_later(data_source: str, solution_str: str, ground_truth: str) -> float:
        return score(data_source, solution_str, ground_truth)

    given = {"data_source": "d", "solution_str": "four", "ground_truth": "four"}
    if kind == "sync":
        assert prefetching(score)(**given) == 1.0
    else:
        wrapped = prefetching(score_later)
        assert asyncio.iscoroutinefunction(wrapped)
        assert asyncio.run(wrapped(**given)) == 1.0
    fake.released.set()
    assert answered.wait(20)
    assert [list(request.texts) for request in fake.requests] == [["four"]]


def test_prefetch_that_fails_is_logged_and_the_score_stands(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    fake.failures = [(grpc.StatusCode.INTERNAL, None)] * 9
    logged = threading.Event()
    handler = logging.Handler()
    handler.emit = lambda record: logged.set()  # type: ignore[method-assign]
    logger = logging.getLogger("gcpo_advantage.adapters._prefetching")
    logger.addHandler(handler)

    assert prefetching(lambda data_source, solution_str: 0.5)("d", "text") == 0.5

    assert logged.wait(20)
    logger.removeHandler(handler)
    assert "prefetch: " in caplog.text


def test_prefetching_without_a_target_is_a_mistake_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    with pytest.raises(ValueError, match="target"):
        prefetching(lambda data_source, solution_str: 0.5)("d", "text")
