# SPDX-License-Identifier: Apache-2.0
"""Clients that were used, in processes that were forked or spawned after."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fake_server import FakeServer


@pytest.mark.parametrize("how", ["os.fork", "fork", "spawn", "forkserver"])
def test_used_client_works_in_another_process(how: str) -> None:
    fake = FakeServer(threads=16)
    try:
        ended = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("other_process.py")), how, fake.target],
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        fake.stop()

    assert ended.returncode == 0, ended.stderr[-4000:]
    # Every process asked what the server is.
    assert fake.info_calls >= 3
