# SPDX-License-Identifier: Apache-2.0
"""The built server as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

_START_SECONDS = 120
_STOP_SECONDS = 60


class RealServer:
    """``serve`` on free ports, which it writes to a file once it is ready."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.port = port
        self.target = f"127.0.0.1:{port}"
        self._process = process
        self._log = log

    @classmethod
    def start(
        cls, folder: Path, settings: Mapping[str, str] | None = None, port: int = 0
    ) -> RealServer:
        command = _command()
        properties = [f"--property={key}={value}" for key, value in (settings or {}).items()]
        ports = folder / "ports.properties"
        log = folder / "server.log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [
                    *(str(command), "serve", "--port", str(port), "--management-port", "0"),
                    *("--ports-file", str(ports)),
                    *properties,
                ],
                stdin=subprocess.DEVNULL,
                stdout=stderr,
                stderr=stderr,
            )
        end = time.monotonic() + _START_SECONDS
        while not ports.exists():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                pytest.fail(f"serve did not start, exit {process.wait()}:\n{_tail(log)}")
            time.sleep(0.05)
        lines = dict(line.split("=", 1) for line in ports.read_text().split() if "=" in line)
        return cls(process, int(lines["grpc.port"]), log)

    @staticmethod
    def model_directory() -> Path:
        """The model that the distribution has."""
        return _command().parent.parent / "models" / "all-MiniLM-L6-v2"

    def kill(self) -> None:
        """SIGKILL: what is under way breaks off, nothing is said to anyone."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Fails unless SIGTERM ends the server with exit status 0."""
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            pytest.fail(f"serve ignored SIGTERM for {_STOP_SECONDS} s:\n{_tail(self._log)}")
        assert code == 0, f"serve ended with {code} on SIGTERM:\n{_tail(self._log)}"


def _command() -> Path:
    distribution = os.environ.get("GCPO_DISTRIBUTION")
    if not distribution:
        pytest.fail("GCPO_DISTRIBUTION: unset (expected: the server's distribution folder)")
    command = Path(distribution) / "bin" / "gcpo-advantage"
    if not os.access(command, os.X_OK):
        pytest.fail(f"GCPO_DISTRIBUTION: {distribution} (expected: it holds bin/gcpo-advantage)")
    return command


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-4000:]
