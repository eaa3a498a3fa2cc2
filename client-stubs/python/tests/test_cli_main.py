# SPDX-License-Identifier: Apache-2.0
"""What all commands have in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_run import run, run_process
from fake_server import FakeServer

from gcpo_advantage import AdvantageClient, __version__
from gcpo_advantage.cli import main

TOKEN = "s3cret-bearer"
NOBODY = "127.0.0.1:1"


def test_installed_command_is_main() -> None:
    project = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text()

    assert 'gcpo-advantage-client = "gcpo_advantage.cli:main"' in project
    assert callable(main)


def test_module_runs_too() -> None:
    outcome = run_process("--version")

    assert (outcome.code, outcome.out) == (0, f"gcpo-advantage-client {__version__}\n")


@pytest.mark.parametrize("command", ["info", "health", "bench", "score"])
def test_every_command_says_what_it_takes(capsys: pytest.CaptureFixture[str], command: str) -> None:
    outcome = run(capsys, command, "--help")

    assert outcome.code == 0
    assert "--target" in outcome.out
    assert "--tls-roots" in outcome.out


@pytest.mark.parametrize("command", [["info"], ["health"], ["bench"], ["score", "-"]])
def test_service_that_is_not_there_is_one_line_and_exit_code_3(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    outcome = run(capsys, *command, "--target", NOBODY, "--timeout", "1")

    assert (outcome.code, outcome.out) == (3, "")
    lines = outcome.err.splitlines()
    assert lines[-1].startswith(f"gcpo-advantage-client {command[0]}: ")
    assert re.search("UNAVAILABLE|DEADLINE_EXCEEDED", lines[-1])
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["info"], "target: None (expected: host:port"),
        (["info", "--target", NOBODY, "--timeout", "0"], "seconds above 0"),
        (["info", "--target", NOBODY, "--tls-roots", "/no/such.pem"], "/no/such.pem"),
        (["info", "--target", NOBODY, "--tls-key", "key.pem"], "tls.certificate: None"),
        (["health"], "target: None"),
        (["info", "--target", "far:1", "--token", TOKEN], "over plain text to far:1"),
        (["health", "--target", "far:1", "--token", TOKEN], "over plain text to far:1"),
        (["info", "--target", NOBODY, "--token", f"{TOKEN} "], "not printable ASCII"),
        (["nothing"], "invalid choice"),
        ([], "COMMAND"),
    ],
)
def test_bad_usage_is_exit_code_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    outcome = run(capsys, *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert TOKEN not in outcome.err


def test_target_and_token_come_from_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fake: FakeServer
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)

    outcome = run(capsys, "info")

    assert outcome.code == 0
    assert TOKEN not in outcome.out + outcome.err


def test_interrupt_is_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fake: FakeServer
) -> None:
    def interrupted(client: AdvantageClient, timeout: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(AdvantageClient, "info", interrupted)

    assert run(capsys, "info", "--target", fake.target).code == 130
