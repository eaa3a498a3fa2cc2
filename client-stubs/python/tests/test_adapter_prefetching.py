# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import logging
import queue
import threading

import grpc
import pytest
from fake_server import FakeServer

from gcpo_advantage._config import to_message
from gcpo_advantage.adapters import _prefetching
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters.verl import prefetching


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


def test_prefetch_that_fails_is_a_warning_once_and_the_score_stands(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_prefetching, "_told", set())
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    fake.failures = [(grpc.StatusCode.INTERNAL, None)] * 9
    logged: queue.Queue[logging.LogRecord] = queue.Queue()
    handler = logging.Handler()
    handler.emit = logged.put  # type: ignore[method-assign]
    logger = logging.getLogger("gcpo_advantage.adapters._prefetching")
    monkeypatch.setattr(logger, "level", logging.INFO)
    monkeypatch.setattr(logger, "handlers", [handler])
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    levels = []

    for _ in range(2):
        assert prefetching(lambda data_source, solution_str: 0.5)("d", "text") == 0.5
        record = logged.get(timeout=20)
        assert record.getMessage().startswith("prefetch: ")
        levels.append(record.levelname)

    assert levels == ["WARNING", "INFO"]


def test_texts_are_submitted_for_the_policy_that_is_computed_with(fake: FakeServer) -> None:
    answered = threading.Event()
    fake.distort = lambda answer: answered.set()
    settings = AdapterSettings(fake.target, {"truncation_policy": "keep_tail"}, timeout=20.0)

    _prefetching.prefetch(["", "four"], settings)
    _prefetching.prefetch([], settings)

    assert answered.wait(20)
    (request,) = fake.requests
    assert list(request.texts) == ["", "four"]
    assert request.truncation_policy == to_message(settings.config).truncation_policy


def test_prefetching_without_a_target_is_a_mistake_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    with pytest.raises(ValueError, match="target"):
        prefetching(lambda data_source, solution_str: 0.5)("d", "text")
