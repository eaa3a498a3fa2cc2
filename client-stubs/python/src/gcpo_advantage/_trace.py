# SPDX-License-Identifier: Apache-2.0
"""The caller's trace, sent along so that the server's spans hang beneath the caller's."""

from __future__ import annotations

import sys


def trace_headers() -> tuple[tuple[str, str], ...]:
    """W3C headers of OpenTelemetry's current span; none without one.

    OpenTelemetry is no dependency: a program that has not imported it has no current span.
    """
    if "opentelemetry.trace" not in sys.modules:
        return ()
    from opentelemetry.trace.propagation import tracecontext

    headers: dict[str, str] = {}
    tracecontext.TraceContextTextMapPropagator().inject(headers)
    return tuple(headers.items())
