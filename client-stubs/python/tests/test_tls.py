# SPDX-License-Identifier: Apache-2.0
"""Encrypted connections and tokens, with certificates made here."""

from __future__ import annotations

import asyncio
import copy
import pickle
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest
from certificates import Authority
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    AsyncAdvantageClient,
    RolloutGroup,
    Tls,
    UnavailableError,
)

TOKEN = "s3cret-token"
GROUPS = [RolloutGroup("a", ["x"], [1.0])]
Serve = Callable[[str, bool], FakeServer]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "TLS_ROOTS", "TLS_CERTIFICATE", "TLS_KEY"):
        monkeypatch.delenv(f"GCPO_{name}", raising=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"), "ours")


@pytest.fixture
def serve(authority: Authority) -> Iterator[Serve]:
    """A server by its name, and whether it wants certificates of clients."""
    started: list[FakeServer] = []

    def start(name: str = "127.0.0.1", mutual: bool = False) -> FakeServer:
        pair = authority.pair(name)
        credentials = grpc.ssl_server_credentials(
            [(pair.key.read_bytes(), pair.certificate.read_bytes())],
            authority.roots.read_bytes() if mutual else None,
            mutual,
        )
        started.append(FakeServer(credentials=credentials))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def test_tls_carries_calls_and_the_token(serve: Serve, authority: Authority) -> None:
    server = serve("127.0.0.1", False)

    with AdvantageClient(server.target, tls=Tls(authority.roots), token=TOKEN) as client:
        client.compute(GROUPS)
        assert [result.group_id for result in client.stream(GROUPS)] == ["a"]
        client.submit_async(["x"]).result(20)

    assert [call["authorization"] for call in server.metadata] == [f"Bearer {TOKEN}"] * 3


def test_tls_carries_calls_of_event_loops(serve: Serve, authority: Authority) -> None:
    server = serve("127.0.0.1", False)

    async def work() -> None:
        tls = Tls(str(authority.roots))
        async with AsyncAdvantageClient(server.target, tls=tls, token=TOKEN) as client:
            await client.compute(GROUPS)

    asyncio.run(work())

    assert server.metadata[0]["authorization"] == f"Bearer {TOKEN}"


def test_server_name_may_be_another_than_the_targets(serve: Serve, authority: Authority) -> None:
    server = serve("advantages.example", False)
    tls = Tls(authority.roots, server_name="advantages.example")

    with AdvantageClient(server.target, tls=tls) as client:
        assert client.info().version == "fake"
    with (
        AdvantageClient(server.target, tls=Tls(authority.roots), timeout=1) as client,
        pytest.raises(UnavailableError, match=r"(?i)(peer name|hostname).*\(attempt \d+\)"),
    ):
        client.info()


def test_other_authority_is_refused_with_the_reason(serve: Serve, tmp_path: Path) -> None:
    server = serve("127.0.0.1", False)
    other = Authority(tmp_path, "theirs")

    with (
        AdvantageClient(server.target, tls=Tls(other.roots), timeout=1, token=TOKEN) as client,
        pytest.raises(UnavailableError, match=r"(?i)certificate.verify.failed") as caught,
    ):
        client.info()

    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert server.info_calls == 0


def test_mutual_tls_wants_the_clients_certificate(serve: Serve, authority: Authority) -> None:
    server = serve("127.0.0.1", True)
    own = authority.pair("trainer")

    tls = Tls(authority.roots, own.certificate, own.key)
    with AdvantageClient(server.target, tls=tls) as client:
        assert client.info().version == "fake"
    with (
        AdvantageClient(server.target, tls=Tls(authority.roots), timeout=1) as client,
        pytest.raises(UnavailableError),
    ):
        client.info()
    assert server.info_calls == 1


def test_tls_comes_from_the_environment(
    serve: Serve, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve("127.0.0.1", True)
    own = authority.pair("trainer")
    monkeypatch.setenv("GCPO_TLS_ROOTS", str(authority.roots))
    monkeypatch.setenv("GCPO_TLS_CERTIFICATE", str(own.certificate))
    monkeypatch.setenv("GCPO_TLS_KEY", str(own.key))
    monkeypatch.setenv("GCPO_TARGET", server.target)
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)

    with AdvantageClient() as client, pickle.loads(pickle.dumps(client)) as copied:
        client.compute(GROUPS)
        copied.compute(GROUPS)

    assert [call["authorization"] for call in server.metadata] == [f"Bearer {TOKEN}"] * 2


def test_plain_text_to_a_tls_server_is_unavailable(serve: Serve) -> None:
    server = serve("127.0.0.1", False)

    with AdvantageClient(server.target, timeout=1) as client, pytest.raises(UnavailableError):
        client.info()


@pytest.mark.parametrize("name", ["roots", "certificate", "key"])
def test_file_that_cannot_be_read_is_named(authority: Authority, tmp_path: Path, name: str) -> None:
    own = authority.pair("trainer")
    files = {"roots": authority.roots, "certificate": own.certificate, "key": own.key}
    tls = Tls(**{**files, name: tmp_path / "missing.pem"})

    with (
        AdvantageClient("localhost:1", tls=tls, timeout=2) as client,
        pytest.raises(ValueError, match=rf"^tls.{name}: .*missing.pem \(expected: a readable"),
    ):
        client.info()


@pytest.mark.parametrize("name", ["roots", "certificate", "key"])
def test_file_that_is_not_pem_is_named(authority: Authority, tmp_path: Path, name: str) -> None:
    own = authority.pair("trainer")
    files = {"roots": authority.roots, "certificate": own.certificate, "key": own.key}
    (tmp_path / "notes.txt").write_text("no PEM")
    tls = Tls(**{**files, name: tmp_path / "notes.txt"})

    with (
        AdvantageClient("localhost:1", tls=tls, timeout=2) as client,
        pytest.raises(ValueError, match=rf"^tls.{name}: .*notes.txt \(expected: a PEM file"),
    ):
        client.info()


def test_certificate_and_key_come_together() -> None:
    with pytest.raises(ValueError, match=r"^tls.key: None \(expected: certificate and key, or"):
        Tls(certificate="client.pem")
    with pytest.raises(ValueError, match=r"^tls.certificate: None "):
        Tls(key="client.key")


@pytest.mark.parametrize(
    "target",
    [
        "advantages.example:443",
        "10.0.0.1:50051",
        "dns:///advantages.example:443",
        "127.0.0.1.example:1",
        "localhost.example:1",
        "ipv4:127.0.0.1:1,10.0.0.1:1",
        "dns://10.0.0.1/localhost:1",
    ],
)
def test_token_is_not_sent_in_plain_text_to_others(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = rf"^token: over plain text to {target} \(expected: tls, or allow_insecure_token\)$"
    with pytest.raises(ValueError, match=message) as caught:
        AdvantageClient(target, token=TOKEN)
    assert TOKEN not in str(caught.value)
    AdvantageClient(target, token=TOKEN, allow_insecure_token=True).close()
    AdvantageClient(target, token=TOKEN, tls=Tls()).close()
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)
    with pytest.raises(ValueError, match=message):
        AsyncAdvantageClient(target)


@pytest.mark.parametrize(
    "target",
    ["localhost:1", "127.0.0.1:1", "127.1.2.3:1", "[::1]:1", "dns:///localhost:1", "unix:/run/a"],
)
def test_token_may_stay_on_this_machine(target: str) -> None:
    AdvantageClient(target, token=TOKEN).close()


def test_token_to_this_machine_is_not_shown_to_a_proxy(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with AdvantageClient(fake.target, token=TOKEN, timeout=5) as client:
        client.compute(GROUPS)

    assert fake.metadata[0]["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("token", ["my secret", "naïve", "line\nbreak", "tab\t"])
def test_token_that_is_no_header_is_refused_unseen(token: str) -> None:
    with pytest.raises(ValueError, match=r"^token: not printable ASCII") as caught:
        AdvantageClient("localhost:1", token=token)
    assert token not in str(caught.value)


def test_token_is_in_no_text(fake: FakeServer) -> None:
    with AdvantageClient(fake.target, token=TOKEN) as client:
        client.info()
        parts = [client, *vars(client).values(), client._channels.stub()]
        parts += [copy.copy(client._settings)]
        assert TOKEN not in "".join(f"{part!r}{part}" for part in parts)


def test_no_token_is_no_header(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)

    assert "authorization" not in fake.metadata[0]
