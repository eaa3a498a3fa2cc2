# SPDX-License-Identifier: Apache-2.0
"""The server is killed under calls: each returns what it should, or raises a typed error in time.

``GCPO_RESTARTS`` says how often; by default few.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from real_server import RealServer
from steady_calls import Caller, advantages, await_answers, calling

from gcpo_advantage import AdvantageClient, RolloutGroup

RESTARTS = int(os.environ.get("GCPO_RESTARTS", "3"))
TIMEOUT = 30.0
# A call is over by its timeout, but for what the machine takes to notice.
GRACE = 2.0
# Of each caller: the server is in the midst of calls when it is killed.
ANSWERS_BEFORE = 2
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


@pytest.mark.server
def test_killed_server_never_makes_a_wrong_number(tmp_path: Path) -> None:
    server = RealServer.start(tmp_path)
    with AdvantageClient(server.target, timeout=TIMEOUT) as client:
        expected = advantages(client.compute(GROUPS))
        assert np.abs(expected).max() > 0
        over_after = TIMEOUT + GRACE
        callers = [
            Caller(lambda: client.compute(GROUPS), expected, over_after),
            Caller(lambda: client.compute(GROUPS), expected, over_after),
            Caller(lambda: list(client.stream(GROUPS)), expected, over_after),
        ]
        try:
            with calling(callers):
                for round_ in range(RESTARTS):
                    await_answers(callers, ANSWERS_BEFORE, 2 * TIMEOUT)
                    server.kill()
                    folder = tmp_path / str(round_)
                    folder.mkdir()
                    server = RealServer.start(folder, port=server.port)
                await_answers(callers, ANSWERS_BEFORE, 2 * TIMEOUT)
        finally:
            server.stop()

    answered = [caller.answered for caller in callers]
    failed = [failure for caller in callers for failure in caller.failed]
    print(f"{RESTARTS} restarts: {answered} answered, {len(failed)} failed: {failed[:3]}")
    assert [wrong for caller in callers for wrong in caller.wrong] == []
    assert [late for caller in callers for late in caller.late] == []
