# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator
from concurrent import futures

import grpc
import pytest
from cli_run import run
from google.protobuf import descriptor_pool
from real_server import RealServer

TOKEN = "s3cret"
ADVANTAGES = "gcpo.advantage.v1.AdvantageService"


class HealthServer:
    """Speaks grpc.health.v1 in bytes.

    Attributes:
        statuses: by service.
        tokens: what came in the authorization header of each call.
    """

    def __init__(self) -> None:
        self.statuses = {"": 1, "down": 2, "odd": 9}
        self.tokens: list[object] = []
        self._server = grpc.server(futures.ThreadPoolExecutor(1))
        check = grpc.unary_unary_rpc_method_handler(self._check)
        self._server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": check}),)
        )
        self.target = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        self._server.stop(None).wait()

    def _check(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        self.tokens.append(dict(context.invocation_metadata()).get("authorization"))
        # Field 1, length-delimited: the service's name; absent where it is empty.
        assert request == b"" or (request[0] == 0x0A and request[1] == len(request) - 2)
        status = self.statuses.get(request[2:].decode())
        if status is None:
            context.abort(grpc.StatusCode.NOT_FOUND, "unknown")
            raise AssertionError
        # Field 1, varint: the status.
        return bytes((0x08, status))


@pytest.fixture
def health() -> Iterator[HealthServer]:
    server = HealthServer()
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("service", "code", "out"),
    [
        ("", 0, "SERVING"),
        ("down", 1, "NOT_SERVING"),
        ("none", 1, "SERVICE_UNKNOWN"),
        ("odd", 1, "9"),
    ],
)
def test_exit_code_says_whether_it_serves(
    capsys: pytest.CaptureFixture[str], health: HealthServer, service: str, code: int, out: str
) -> None:
    outcome = run(capsys, "health", "--target", health.target, "--service", service)

    assert (outcome.code, outcome.out, outcome.err) == (code, f"{out}\n", "")


def test_token_goes_with_the_call(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, health: HealthServer
) -> None:
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)

    assert run(capsys, "health", "--target", health.target).code == 0
    assert health.tokens == [f"Bearer {TOKEN}"]


def test_types_of_the_health_protocol_are_left_to_others(
    capsys: pytest.CaptureFixture[str], health: HealthServer
) -> None:
    assert run(capsys, "health", "--target", health.target).code == 0

    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName("grpc.health.v1.HealthCheckRequest")


@pytest.mark.server
@pytest.mark.parametrize(("service", "code"), [("", 0), (ADVANTAGES, 0), ("no.Such", 1)])
def test_real_server(
    capsys: pytest.CaptureFixture[str], server: RealServer, service: str, code: int
) -> None:
    assert run(capsys, "health", "--target", server.target, "--service", service).code == code
