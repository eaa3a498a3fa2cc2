# SPDX-License-Identifier: Apache-2.0
"""Two processes that talk by gloo, as two ranks of a run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_ms_swift import GRPOSample, sample
from fake_server import FakeServer, status
from gsm8k import MIXED
from real_server import RealServer

from gcpo_advantage import AdvantageClient

pytestmark = pytest.mark.trainer

RANK = Path(__file__).resolve().parent / "ms_swift_rank.py"
GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}
_SECONDS = 120


def _run(folder: Path, *tasks: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What both ranks found in each step; fails where one of them hangs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "task.json").write_text(json.dumps(tasks))
    ranks = [
        subprocess.Popen(
            [sys.executable, str(RANK), str(folder / "task.json"), str(folder / f"{rank}.json")],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([*sys.path, str(RANK.parent)]),
                "RANK": str(rank),
                "LOCAL_RANK": str(rank),
                "WORLD_SIZE": "2",
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": str(port),
            },
        )
        for rank in range(2)
    ]
    try:
        assert [rank.wait(_SECONDS) for rank in ranks] == [0, 0]
    finally:
        for rank in ranks:
            rank.kill()
            rank.wait()
    found = [json.loads((folder / f"{rank}.json").read_text()) for rank in range(2)]
    return list(zip(*found, strict=True))


def _task(target: str, ranks: list[list[GRPOSample]], size: int = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "target": target,
        "config": {},
        "size": size,
        "dynamic": False,
        "ranks": [[asdict(each) for each in samples] for samples in ranks],
        **more,
    }


@pytest.mark.server
def test_both_ranks_get_what_a_direct_call_gives_for_a_group_on_both(
    server: RealServer, real: AdvantageClient, tmp_path: Path
) -> None:
    samples = [
        sample(text, reward, prompt_id=group.group_id, request_id=f"{group.group_id}/{i}")
        for group in MIXED
        for i, (text, reward) in enumerate(zip(group.texts or (), group.rewards, strict=True))
    ]
    half = len(samples) // 2
    assert samples[half - 1].prompt_id == samples[half].prompt_id  # it straddles the ranks
    even = _task(server.target, [samples[:half], samples[half:]], size=4, config=GCPO)
    # The first rank has one more, and the last rollout of the first half twice.
    twice = [*samples[:half], samples[half - 1], *samples[half:]]
    uneven = [twice[: half + 1], twice[half + 1 :]]
    ragged = _task(server.target, uneven, config=GCPO, dynamic=True)
    direct = [result.advantages for result in real.compute(MIXED, config=GCPO)]
    expected = np.concatenate(direct)
    repeated = np.insert(expected, half, expected[half - 1])
    steps = _run(tmp_path, even, ragged)
    for (first, second), wanted in zip(steps, (expected, repeated), strict=True):
        np.testing.assert_allclose(first["advantages"], wanted, rtol=0, atol=1e-6)
        assert first["own"] + second["own"] == first["advantages"] == second["advantages"]
        assert first["metrics"] == second["metrics"]
        assert first["metrics"]["advantage_service/groups"] == [3.0]


def test_a_failure_on_one_rank_is_the_same_error_on_both(fake: FakeServer, tmp_path: Path) -> None:
    def break_it(answer: Any) -> None:  # noqa: ANN401
        for result in getattr(answer, "results", ()):
            result.error.CopyFrom(status(13, "broken", "DEFECT"))

    fake.distort = break_it
    unreadable = _task(fake.target, [[sample("a", 1.0)], [sample(7, 0.0)]])
    broken = _task(fake.target, [[sample("a", 1.0)], [sample("b", 0.0)]])
    (first, second), (third, fourth) = _run(tmp_path, unreadable, broken)
    assert first == second == {"error": "TypeError", "message": first["message"]}
    assert first["message"].startswith("content: int")
    assert third == fourth == {"error": "ServerError", "message": third["message"]}
    assert len(fake.requests) == 1
