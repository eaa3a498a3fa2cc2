# SPDX-License-Identifier: Apache-2.0
"""Three servers behind one client, of which one after the other goes away and comes back.

``GCPO_RESTARTS`` says how often; by default each once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import gsm8k
import numpy as np
import pytest
from real_server import RealServer
from steady_calls import Caller, advantages, await_answers, calling

from gcpo_advantage import AdvantageClient, RolloutGroup

REPLICAS = 3
FAULTS = int(os.environ.get("GCPO_RESTARTS", str(REPLICAS)))
TIMEOUT = 30.0
# A call is over a second after its timeout.
GRACE = 1.0
# Of each caller, before each fault.
ANSWERS_BEFORE = 5
# Quick to start, and small beside its sisters.
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m"
SETTINGS = {"embedding.token-budget": "512"}
SEED = 20261122

_random = np.random.default_rng(SEED)
EMBEDDED = [
    RolloutGroup(
        f"group-{i}",
        rewards=_random.integers(0, 2, 8).astype(float),
        embeddings=_random.normal(size=(8, 384)).astype(np.float32),
    )
    for i in range(16)
]
TEXTS = gsm8k.MIXED[:2]


@pytest.fixture
def replicas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[RealServer]]:
    monkeypatch.setenv("JAVA_OPTS", JVM)
    running: list[RealServer] = []
    try:
        for i in range(REPLICAS):
            running.append(RealServer.start(_folder(tmp_path, f"replica-{i}"), SETTINGS))
        yield running
    finally:
        for server in running:
            server.kill()


@pytest.mark.server
@pytest.mark.parametrize("end", [RealServer.stop, RealServer.kill])
def test_replicas_that_end_lose_no_call(
    replicas: list[RealServer], tmp_path: Path, end: Callable[[RealServer], None]
) -> None:
    addresses = ",".join(server.target for server in replicas)
    with AdvantageClient(f"ipv4:{addresses}", timeout=TIMEOUT) as client:
        embedded = advantages(client.compute(EMBEDDED))
        texts = advantages(client.compute(TEXTS))
        assert np.abs(embedded).max() > 0
        assert np.abs(texts).max() > 0
        over_after = TIMEOUT + GRACE
        callers = [
            Caller(lambda: client.compute(EMBEDDED), embedded, over_after),
            Caller(lambda: client.compute(TEXTS), texts, over_after),
            Caller(lambda: list(client.stream(EMBEDDED)), embedded, over_after),
        ]
        loads = []
        with calling(callers):
            for i in range(FAULTS):
                loads.append(await_answers(callers, ANSWERS_BEFORE, 4 * TIMEOUT))
                server = replicas[i % REPLICAS]
                end(server)
                replicas[i % REPLICAS] = RealServer.start(
                    _folder(tmp_path, f"start-{i}"), SETTINGS, port=server.port
                )
            await_answers(callers, ANSWERS_BEFORE, 4 * TIMEOUT)

    lost = [failure for caller in callers for failure in caller.failed]
    wrong = [wrong for caller in callers for wrong in caller.wrong]
    late = [took for caller in callers for took in caller.late]
    print(
        "| suite | faults | answered | lost | wrong | hung |\n|---|---|---|---|---|---|\n"
        f"| Python, {end.__name__} | {FAULTS} | {sum(caller.answered for caller in callers)} "
        f"| {len(lost)} | {len(wrong)} | {len(late)} |\n"
        f"answers before a fault, at least: {min(loads)}"
    )
    assert min(loads) >= len(callers) * ANSWERS_BEFORE
    assert lost == []
    assert wrong == []
    assert late == []


def _folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made
