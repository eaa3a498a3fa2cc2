# SPDX-License-Identifier: Apache-2.0
"""How the commands connect: as the client does."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from cli_run import run
from fake_server import FakeServer

from gcpo_advantage import Tls
from gcpo_advantage.cli import _options

TOKEN = "s3cret-bearer"


def test_token_to_this_machine_is_not_shown_to_a_proxy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fake: FakeServer
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)

    bench = ("--groups", 1, "--rollouts", 2, "--steps", 1, "--warmup", 0, "--text-bytes", 16)
    outcome = run(capsys, "bench", "--target", fake.target, "--timeout", 10, *bench)

    assert outcome.code == 0, outcome.err
    assert [each["authorization"] for each in fake.metadata] == [f"Bearer {TOKEN}"] * 2


def test_files_come_from_arguments_and_the_environment_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, kind in (("roots", "CERTIFICATE"), ("own", "CERTIFICATE"), ("key", "PRIVATE KEY")):
        (tmp_path / name).write_text(f"-----BEGIN {kind}-----\n-----END {kind}-----\n")
    monkeypatch.setenv("GCPO_TLS_ROOTS", "/no/such.pem")
    monkeypatch.setenv("GCPO_TLS_CERTIFICATE", str(tmp_path / "own"))
    monkeypatch.setenv("GCPO_TLS_KEY", str(tmp_path / "key"))
    parser = argparse.ArgumentParser()
    _options.add_to(parser)
    options = parser.parse_args(["--target", "there:1", "--tls-roots", str(tmp_path / "roots")])

    with _options.client(options) as client:
        assert client._settings.tls == Tls(
            *(str(tmp_path / name) for name in ("roots", "own", "key"))
        )
