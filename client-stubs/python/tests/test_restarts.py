# SPDX-License-Identifier: Apache-2.0
"""The server is killed under calls: each returns what it should, or raises a typed error in time.

``GCPO_RESTARTS`` says how often; by default few.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from real_server import RealServer

from gcpo_advantage import AdvantageClient, AdvantageError, GroupResult, RolloutGroup

RESTARTS = int(os.environ.get("GCPO_RESTARTS", "3"))
TIMEOUT = 30.0
# A call is over by its timeout, but for what the machine takes to notice.
GRACE = 2.0
SEED = 20261121

_random = np.random.default_rng(SEED)
GROUPS = [
    RolloutGroup(
        f"group-{i}",
        rewards=_random.integers(0, 2, 8).astype(float),
        embeddings=_random.normal(size=(8, 32)).astype(np.float32),
    )
    for i in range(32)
]


class Caller(threading.Thread):
    """Calls until it is told to stop, and notes what became of each call."""

    def __init__(self, call: Callable[[], Sequence[GroupResult]], expected: np.ndarray) -> None:
        super().__init__()
        self.answered = 0
        self.failed: list[AdvantageError] = []
        self.wrong: list[object] = []
        self.late: list[float] = []
        self.stopped = threading.Event()
        self._call = call
        self._expected = expected

    def run(self) -> None:
        while not self.stopped.is_set():
            start = time.monotonic()
            try:
                results = sorted(self._call(), key=lambda result: result.group_id)
                found = np.stack([result.advantages for result in results])
                if not np.array_equal(found, self._expected):
                    self.wrong.append(found)
                self.answered += 1
            except AdvantageError as failure:
                self.failed.append(failure)
            except Exception as failure:  # any other kind is a defect
                self.wrong.append(failure)
            took = time.monotonic() - start
            if took > TIMEOUT + GRACE:
                self.late.append(took)


@pytest.mark.server
def test_killed_server_never_makes_a_wrong_number(tmp_path: Path) -> None:
    server = RealServer.start(tmp_path)
    with AdvantageClient(server.target, timeout=TIMEOUT) as client:
        results = sorted(client.compute(GROUPS), key=lambda result: result.group_id)
        expected = np.stack([result.advantages for result in results])
        assert np.abs(expected).max() > 0
        callers = [
            Caller(lambda: client.compute(GROUPS), expected),
            Caller(lambda: client.compute(GROUPS), expected),
            Caller(lambda: list(client.stream(GROUPS)), expected),
        ]
        for caller in callers:
            caller.start()
        try:
            for round_ in range(RESTARTS):
                _wait_for_answers(callers)
                server.kill()
                folder = tmp_path / str(round_)
                folder.mkdir()
                server = RealServer.start(folder, port=server.port)
            _wait_for_answers(callers)
        finally:
            for caller in callers:
                caller.stopped.set()
            for caller in callers:
                caller.join()
            server.stop()

    answered = [caller.answered for caller in callers]
    failed = [failure for caller in callers for failure in caller.failed]
    print(f"{RESTARTS} restarts: {answered} answered, {len(failed)} failed: {failed[:3]}")
    assert [wrong for caller in callers for wrong in caller.wrong] == []
    assert [late for caller in callers for late in caller.late] == []


def _wait_for_answers(callers: Sequence[Caller]) -> None:
    """Until each has had two more: the server is in the midst of calls when it is killed."""
    before = [caller.answered for caller in callers]
    end = time.monotonic() + 2 * TIMEOUT
    while any(caller.answered < had + 2 for caller, had in zip(callers, before, strict=True)):
        assert time.monotonic() < end, "no answers (expected: two more of each caller)"
        threading.Event().wait(0.01)
