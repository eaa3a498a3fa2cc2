# SPDX-License-Identifier: Apache-2.0
"""The connections: made at the first call, once a process, never pickled."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import threading
from collections.abc import Iterator
from typing import Any

import grpc

from gcpo_advantage._plan import Call
from gcpo_advantage._settings import ClientSettings
from gcpo_advantage._stub import Stub
from gcpo_advantage._timers import Timers
from gcpo_advantage._trace import trace_headers

_REQUEST_BYTES = "gcpo-request-bytes"
_CLOSED = "client: closed (expected: open)"
_SERVICE_CONFIG: dict[str, Any] = {"loadBalancingConfig": [{"round_robin": {}}]}


def channel_options(settings: ClientSettings) -> list[tuple[str, Any]]:
    """Options of every channel of a client."""
    options: list[tuple[str, Any]] = [
        ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
        ("grpc.service_config_disable_resolution", 1),
        # Retries are ours, see gcpo_advantage.retry.
        ("grpc.enable_retries", 0),
        # Limits are the server's to set: it says them, and requests are cut to them.
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", -1),
        # Finds a dead peer during a long call.
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        # A server that was restarted is found again before the next attempt.
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 1_000),
        # How long a connection may take to open, TLS included, in spite of its name.
        ("grpc.min_reconnect_backoff_ms", 5_000),
        # Else all channels of one target would share a connection.
        ("grpc.use_local_subchannel_pool", 1),
    ]
    if settings.loopback:
        # What is meant for this machine, a token perhaps, is not shown to a proxy.
        options.append(("grpc.enable_http_proxy", 0))
    if settings.tls is not None and settings.tls.server_name is not None:
        options.append(("grpc.ssl_target_name_override", settings.tls.server_name))
    return options


def _request_bytes(request: Any) -> tuple[str, str]:  # noqa: ANN401
    """Lets a server that bounds the bytes it takes at one time take more calls side by side.

    It must else take each to be as large as it may be.
    """
    return _REQUEST_BYTES, str(request.ByteSize())


class LazyChannels:
    """The channels of this process, made when first asked for. Thread-safe; picklable.

    A forked child makes its own: a channel does not survive a fork.
    """

    _channels: list[grpc.Channel]
    _stubs: Iterator[Stub] | None

    def __init__(self, settings: ClientSettings) -> None:
        """Remembers the settings; connects to nothing."""
        self._settings = settings
        self._closed = False
        self._start()

    def stub(self) -> Stub:
        """The methods of the service, over one of this process's channels, each in its turn.

        Raises:
            RuntimeError: after :meth:`close`.
            ValueError: a file of TLS cannot be read.
        """
        self._notice_fork()
        with self._lock:
            if self._closed:
                raise RuntimeError(_CLOSED)
            if self._stubs is None:
                self._channels = [self._open() for _ in range(self._settings.connections)]
                metadata = self._settings.metadata()
                self._stubs = itertools.cycle(
                    [Stub(channel, metadata) for channel in self._channels]
                )
            return next(self._stubs)

    def start(self, call: Call, timeout: float) -> grpc.Future:
        """Sends a request; raises as :meth:`stub` does."""
        stub = self.stub()
        with self._telling_closed():
            return getattr(stub, call.method).future(
                call.request,
                timeout=timeout,
                metadata=(*stub.metadata, *trace_headers(), _request_bytes(call.request)),
            )

    def start_stream(self, requests: Iterator[Any]) -> Any:  # noqa: ANN401
        """Opens a stream; raises as :meth:`stub` does."""
        stub = self.stub()
        with self._telling_closed():
            return stub.stream_advantages(requests, metadata=stub.metadata + trace_headers())

    @contextlib.contextmanager
    def _telling_closed(self) -> Iterator[None]:
        """For a channel that another thread closes between :meth:`stub` and the call."""
        try:
            yield
        except ValueError as failure:
            if self._closed:
                raise RuntimeError(_CLOSED) from failure
            raise

    def timers(self) -> Timers:
        """Of this process."""
        self._notice_fork()
        return self._timers

    def close(self) -> None:
        """Closes the channels; calls in flight end as cancelled."""
        self._notice_fork()
        with self._lock:
            self._closed = True
            for channel in self._channels:
                channel.close()

    def _open(self) -> grpc.Channel:
        options = channel_options(self._settings)
        tls = self._settings.tls
        if tls is None:
            return grpc.insecure_channel(self._settings.target, options=options)
        return grpc.secure_channel(self._settings.target, tls.credentials(), options=options)

    def _notice_fork(self) -> None:
        if self._process != os.getpid():
            # Also replaces a lock that another thread held when this process was forked.
            self._start()

    def _start(self) -> None:
        self._lock = threading.Lock()
        self._timers = Timers()
        self._channels = []
        self._stubs = None
        self._process = os.getpid()

    def __getstate__(self) -> ClientSettings:
        """Only the settings travel."""
        return self._settings

    def __setstate__(self, state: ClientSettings) -> None:
        """Open, without a channel."""
        self._settings = state
        self._closed = False
        self._start()
