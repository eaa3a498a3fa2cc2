# SPDX-License-Identifier: Apache-2.0
"""What both clients are: settings, connections, and what was learned of the server."""

from __future__ import annotations

import time

from gcpo_advantage import _compute, _plan
from gcpo_advantage._blocking_stream import BlockingStream
from gcpo_advantage._channel import LazyChannels
from gcpo_advantage._options import HeaderOptions
from gcpo_advantage._settings import ClientSettings, OnFailure, require_timeout
from gcpo_advantage._stream import StreamState
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import Attempts, RetryPolicy
from gcpo_advantage.tls import Tls


class ClientBase:
    """A client without its calls. Picklable."""

    def __init__(
        self,
        target: str | None = None,
        *,
        timeout: float = 60.0,
        token: str | None = None,
        allow_insecure_token: bool = False,
        tls: Tls | None = None,
        retry: RetryPolicy | None = None,
        connections: int = 2,
        on_failure: OnFailure = "raise",
    ) -> None:
        """Makes a client; connects to nothing yet.

        Args:
            target: ``host:port`` or a gRPC target such as ``dns:///host:port``. None: the
                environment variable ``GCPO_TARGET``.
            timeout: seconds a call may take, its retries included.
            token: a bearer token. None: ``GCPO_TOKEN``, or no token. It travels with a pickled
                client.
            allow_insecure_token: whether the token may go to another machine in plain text.
            tls: None: from ``GCPO_TLS_ROOTS``, ``GCPO_TLS_CERTIFICATE`` and ``GCPO_TLS_KEY``; plain
                text without them.
            retry: when calls are tried again. None: ``RetryPolicy()``.
            connections: over which calls take turns, >= 1; the requests of one large call travel
                side by side.
            on_failure: what becomes of a ``compute`` that has no answer by its timeout, or an
                unusable one: ``raise``; or, with a warning in the log ``gcpo_advantage`` and in
                ``GroupResult.fallback``, ``local_grpo``: GRPO by rewards alone, computed here; or
                ``zero``: zeros, so that the step trains nothing. Input that the server refuses is
                always raised.

        Raises:
            ValueError: no target, or none of gRPC's, a value out of its range, or a token that
                would travel in plain text.
        """
        self._settings = ClientSettings.of(
            target,
            timeout=timeout,
            token=token,
            allow_insecure_token=allow_insecure_token,
            tls=tls,
            retry=retry or RetryPolicy(),
            connections=connections,
            on_failure=on_failure,
        )
        self._channels = LazyChannels(self._settings)
        self._session = _plan.Session()

    @property
    def target(self) -> str:
        """Where the server is, as gRPC takes it."""
        return self._settings.target

    @property
    def fallbacks(self) -> int:
        """How many groups got ``local_grpo`` or ``zero`` in place of an answer, so far."""
        return self._session.fallbacks

    def _compute(
        self, question: _compute.Question, deadline: float
    ) -> _plan.Plan[list[GroupResult]]:
        return _compute.compute(self._session, question, Attempts(self._settings.retry, deadline))

    def _stream(self, header_options: HeaderOptions, timeout: float | None) -> BlockingStream:
        seconds, policy = self._seconds(timeout), self._settings.retry
        state = StreamState(_compute.header(**header_options), policy, seconds)
        return BlockingStream(state, self._channels, policy, seconds)

    def _seconds(self, timeout: float | None) -> float:
        return self._settings.timeout if timeout is None else require_timeout(timeout)

    def _deadline(self, timeout: float | None) -> float:
        return time.monotonic() + self._seconds(timeout)

    def __getstate__(self) -> ClientSettings:
        """What travels: the settings, the token among them."""
        return self._settings

    def __setstate__(self, state: ClientSettings) -> None:
        """A client that has made no call yet."""
        self._settings = state
        self._channels = LazyChannels(state)
        self._session = _plan.Session()
