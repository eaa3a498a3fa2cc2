# SPDX-License-Identifier: Apache-2.0
"""The caller's trace goes along, with OpenTelemetry's real API."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from awaited import run
from fake_server import FakeServer
from opentelemetry import trace
from streaming import GROUPS

from gcpo_advantage import AdvantageClient

_TRACE = 0x4BF92F3577B34DA6A3CE929D0E0E4736
_SPAN = 0x00F067AA0BA902B7
_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@contextlib.contextmanager
def _current_span() -> Iterator[None]:
    context = trace.SpanContext(_TRACE, _SPAN, is_remote=False, trace_flags=trace.TraceFlags(1))
    with trace.use_span(trace.NonRecordingSpan(context)):
        yield


def test_call_within_a_span_names_it(fake: FakeServer, client: AdvantageClient) -> None:
    with _current_span():
        client.compute(GROUPS)
        client.embed(["a"])

    assert {headers.get("traceparent") for headers in fake.metadata} == {_PARENT}


def test_coroutine_within_a_span_names_it(fake: FakeServer) -> None:
    with _current_span():
        run(fake.target, lambda own: own.compute(GROUPS))

    assert {headers.get("traceparent") for headers in fake.metadata} == {_PARENT}


def test_call_outside_a_span_names_none(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)

    assert fake.metadata
    assert all("traceparent" not in headers for headers in fake.metadata)


def test_program_without_opentelemetry_does_not_import_it() -> None:
    program = (
        "import sys, gcpo_advantage\n"
        "from gcpo_advantage._trace import trace_headers\n"
        "assert trace_headers() == ()\n"
        "assert not any(name.startswith('opentelemetry') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
