# SPDX-License-Identifier: Apache-2.0
"""Connections that are slow, and messages that are large."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from fake_server import FakeServer

from gcpo_advantage import AdvantageClient, RolloutGroup

GROUPS = [RolloutGroup("a", ["x"], [1.0])]
_FAR = 1.5


@contextlib.contextmanager
def far_away(port: int) -> Iterator[str]:
    """A relay whose first bytes of each connection come late, as over a slow line."""
    listener = socket.create_server(("127.0.0.1", 0))
    ends: list[socket.socket] = [listener]

    def pump(source: socket.socket, sink: socket.socket, late: float) -> None:
        with contextlib.suppress(OSError):
            first = source.recv(65536)
            threading.Event().wait(late)
            sink.sendall(first)
            while content := source.recv(65536):
                sink.sendall(content)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", port))
                ends.extend([near, far])
                for source, sink, late in ((near, far, 0), (far, near, _FAR)):
                    threading.Thread(target=pump, args=(source, sink, late), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def test_close_between_a_calls_steps_is_told_as_such(fake: FakeServer) -> None:
    client = AdvantageClient(fake.target)
    client.info()
    for channel in client._channels._channels:
        channel.close()  # as another thread does it, a moment after this one had its channel
    client._channels._closed = True
    stub = client._channels._stubs
    assert stub is not None
    client._channels.stub = lambda: next(stub)  # type: ignore[method-assign]

    with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
        client.compute(GROUPS)
    with pytest.raises(RuntimeError, match=r"^client: closed"):
        list(client.stream(GROUPS))
    with pytest.raises(RuntimeError, match=r"^client: closed"):
        client.submit_async(["x"]).result(20)


def test_connection_may_take_its_time_to_open(fake: FakeServer) -> None:
    with far_away(fake.port) as target, AdvantageClient(target, timeout=20) as client:
        begin = time.monotonic()
        assert len(client.compute(GROUPS)) == 1
        assert time.monotonic() - begin >= _FAR


def test_message_over_64_mebibytes_is_the_servers_to_judge() -> None:
    """Of a server that was set up to take more."""
    fake = FakeServer(max_message_bytes=80 << 20)
    try:
        with AdvantageClient(fake.target, timeout=60) as client:
            (result,) = client.compute([RolloutGroup("a", ["x" * (66 << 20)], [1.0])])
    finally:
        fake.stop()

    assert result.tokens[0] == 66 << 20
