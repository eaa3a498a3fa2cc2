# SPDX-License-Identifier: Apache-2.0
"""The channel: made at the first call, once a process, never pickled."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

import grpc

from gcpo_advantage._stub import Stub

_MIB = 1 << 20
_MAX_MESSAGE_BYTES = 64 * _MIB

# UNAVAILABLE only: the server sends it before any work. Its push-back is obeyed.
_SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.2s",
                "maxBackoff": "5s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
    "retryThrottling": {"maxTokens": 100, "tokenRatio": 0.1},
}

_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
    ("grpc.service_config_disable_resolution", 1),
    ("grpc.enable_retries", 1),
    # Above this a request is silently not retried; gRPC's own default is 256 KiB.
    ("grpc.per_rpc_retry_buffer_size", _MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", _MAX_MESSAGE_BYTES),
    ("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES),
    # Finds a dead peer during a long call.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
]


class LazyChannel:
    """A channel of this process, made when first asked for. Thread-safe; picklable.

    A forked child makes its own: a channel does not survive a fork.
    """

    def __init__(self, target: str) -> None:
        """Remembers the target; connects to nothing."""
        self._target = target
        self._channel: grpc.Channel | None = None
        self._stub: Stub | None = None
        self._reset()

    def stub(self) -> Stub:
        """The methods of the service, over this process's channel.

        Raises:
            RuntimeError: after :meth:`close`.
        """
        if self._process != os.getpid():
            # Also replaces a lock that another thread held when this process was forked.
            self._reset()
        with self._lock:
            if self._closed:
                raise RuntimeError("client: closed (expected: open)")
            if self._stub is None:
                self._channel = grpc.insecure_channel(self._target, options=_OPTIONS)
                self._stub = Stub(self._channel)
            return self._stub

    def close(self) -> None:
        """Closes the channel; calls in flight end as cancelled."""
        if self._process != os.getpid():
            self._reset()
        with self._lock:
            self._closed = True
            if self._channel is not None:
                self._channel.close()

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._channel = None
        self._stub = None
        self._closed = False

    def __getstate__(self) -> str:
        """Only the target travels."""
        return self._target

    def __setstate__(self, state: str) -> None:
        """An open client without a channel."""
        self._target = state
        self._reset()
