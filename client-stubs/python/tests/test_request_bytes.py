# SPDX-License-Identifier: Apache-2.0
"""Calls say how large their message is, so that a server lets more of them in side by side."""

from __future__ import annotations

from awaited import run
from fake_server import FakeServer
from streaming import GROUPS

from gcpo_advantage import AdvantageClient

_KEY = "gcpo-request-bytes"


def _declared(fake: FakeServer) -> list[int]:
    return [int(headers[_KEY]) for headers in fake.metadata]


def test_unary_calls_say_their_size(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)
    client.embed(["a" * 1000])

    assert _declared(fake) == [request.ByteSize() for request in fake.requests]
    assert _declared(fake)[1] > 1000


def test_awaited_calls_say_their_size(fake: FakeServer) -> None:
    run(fake.target, lambda own: own.compute(GROUPS))

    assert _declared(fake) == [request.ByteSize() for request in fake.requests]
    assert len(_declared(fake)) == 1
