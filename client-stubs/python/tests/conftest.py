# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_server import FakeServer
from real_server import RealServer

from gcpo_advantage import AdvantageClient


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    server = FakeServer()
    yield server
    server.stop()


@pytest.fixture
def client(fake: FakeServer) -> Iterator[AdvantageClient]:
    with AdvantageClient(fake.target, timeout=20) as made:
        yield made


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The built server; without one the tests that want it fail, they are not skipped."""
    folder: Path = tmp_path_factory.mktemp("server")
    started = RealServer.start(folder)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def real(server: RealServer) -> Iterator[AdvantageClient]:
    with AdvantageClient(server.target) as made:
        yield made
