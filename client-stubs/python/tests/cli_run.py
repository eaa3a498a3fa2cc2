# SPDX-License-Identifier: Apache-2.0
"""Runs ``gcpo-advantage-client``, in this process or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from gcpo_advantage.cli import main

COMMAND = [sys.executable, "-m", "gcpo_advantage.cli"]


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Outcome:
    try:
        code: Any = main([str(argument) for argument in arguments])
    except SystemExit as usage:  # of argparse
        code = usage.code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return Outcome(code, captured.out, captured.err)


def run_process(*arguments: object, stdin: bytes = b"") -> Outcome:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=120
    )
    outcome = Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in outcome.err
    return outcome
