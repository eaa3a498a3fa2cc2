# SPDX-License-Identifier: Apache-2.0
"""A file larger than memory, and the server's own command beside this one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_run import run
from fake_server import FakeServer
from real_server import RealServer

from gcpo_advantage import AdvantageClient
from gcpo_advantage.cli._lines import Line, read
from gcpo_advantage.cli._scoring import Scoring


def test_reads_no_further_than_a_few_requests_ahead(
    fake: FakeServer, client: AdvantageClient
) -> None:
    text = "".join(f'{{"group_id": "{i}", "rollouts": [{{}}]}}\n' for i in range(1000))
    taken = 0

    def lines() -> Iterator[Line]:
        nonlocal taken
        for line in read(io.BytesIO(text.encode()), 0):
            taken += 1
            yield line

    out = io.StringIO()
    fake.released.clear()
    scoring = Scoring(client, {}, out, None, None)
    worker = threading.Thread(target=scoring.run, args=(lines(),))
    worker.start()
    try:
        # Four requests wait for the server, and the fifth for one of them.
        end = time.monotonic() + 20
        while taken < 5 * 32 and time.monotonic() < end:
            time.sleep(0.01)
        assert taken == 5 * 32
        assert out.getvalue() == ""
    finally:
        fake.released.set()
        worker.join()
    assert taken == 1000
    assert [json.loads(line)["group_id"] for line in out.getvalue().splitlines()] == [
        str(i) for i in range(1000)
    ]


def test_large_groups_make_smaller_requests(fake: FakeServer, client: AdvantageClient) -> None:
    text = "x" * (2 << 20)
    lines = [
        json.dumps({"group_id": str(i), "rollouts": [{"text": text, "reward": 1}]})
        for i in range(5)
    ]
    file = io.BytesIO("\n".join(lines).encode())

    Scoring(client, {}, io.StringIO(), None, None).run(read(file, 0))

    assert sorted(len(request.groups) for request in fake.requests) == [1, 2, 2]


def _beside(
    server: RealServer,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    file: Path,
    *options: str,
) -> tuple[list[Any], list[Any]]:
    """The lines of both commands."""
    command = Path(os.environ["GCPO_DISTRIBUTION"]) / "bin" / "gcpo-advantage"
    out = folder / "out.jsonl"
    arguments = ["--in", str(file), "--target", server.target, *options]
    done = subprocess.run(
        [str(command), "score", "--out", str(out), *arguments],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    theirs = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return run(capsys, "score", *arguments).lines(), theirs


@pytest.mark.server
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("gsm8k", []),
        ("humaneval", []),
        ("gsm8k", ["--estimator", "grpo", "--metric", "self_bleu,clusters", "--pass-at-k", "1,2"]),
        ("gsm8k", ["--estimator=gcpo_gold", "--set", "gold.reward=0.5", "--set", "kernel=math"]),
        ("gsm8k", ["--set", "exact_limit=1", "--set", "max_samples=64", "--set", "epsilon=1e-3"]),
    ],
)
def test_writes_what_the_servers_own_command_writes(
    server: RealServer,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    name: str,
    options: list[str],
) -> None:
    file = RealServer.model_directory().parent.parent / "examples"
    file /= f"{name}_groups.jsonl"
    ours, theirs = _beside(server, capsys, tmp_path, file, *options)

    assert len(ours) > 0
    assert ours == theirs


@pytest.mark.server
def test_writes_the_same_errors(
    server: RealServer, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(
        '{"group_id":"a","rollouts":[{"text":"x","reward":1},{"text":"y","reward":"Infinity"}]}\n'
        '{"group_id":"a","rollouts":[]}\n'
        '{"group_id":"b","rollouts":[]}\n'
        '{"group_id":"","rollouts":[{"text":"q","reward":1}]}\n'
        '{"group_id":"c","rollouts":[{"content_sha256":"","reward":1},{"text":"q"}]}\n'
        '{"group_id":"d","rollouts":[{"text":"x","reward":1,"reward_status":"REWARD_STATUS_FAILED"'
        '},{"text":"y","reward":1}],"config":{"estimator":"ESTIMATOR_GRPO"}}\n',
        encoding="utf-8",
    )
    ours, theirs = _beside(server, capsys, tmp_path, file)

    assert ["error" in line for line in ours] == [True] * 5 + [False]
    assert ours == theirs
