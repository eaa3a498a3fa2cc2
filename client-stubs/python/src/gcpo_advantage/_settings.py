# SPDX-License-Identifier: Apache-2.0
"""What a client is made of; all of it travels to other processes."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field
from typing import Literal

from gcpo_advantage.retry import RetryPolicy
from gcpo_advantage.tls import Tls

OnFailure = Literal["raise", "local_grpo", "zero"]
"""What becomes of a call without an answer, see ``AdvantageClient``."""

ON_FAILURE: tuple[OnFailure, ...] = ("raise", "local_grpo", "zero")

_LOOPBACK = re.compile(
    r"(?:(?:dns:(?:///)?)?(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?"
    r"|ipv4:127(?:\.\d+){3}(?::\d+)?|ipv6:\[::1\](?::\d+)?|unix:.*)"
)

# gRPC would look for hosts of these names until the timeout, each time.
_NO_TARGET = re.compile(r"^\s|\s$|^(?:https?|grpcs?)://", re.IGNORECASE)
_PORT = re.compile(r":(\d+)$")
_MAX_PORT = 65535


@dataclass(frozen=True)
class ClientSettings:
    """As the arguments of ``AdvantageClient``, checked."""

    target: str
    timeout: float
    token: str | None = field(repr=False)
    allow_insecure_token: bool
    tls: Tls | None
    retry: RetryPolicy
    connections: int
    on_failure: OnFailure

    def __post_init__(self) -> None:
        """Checks what can be checked without a connection.

        Raises:
            ValueError: a value out of its range, or a token that would travel in the clear.
        """
        if not self.target:
            raise ValueError("target: None (expected: host:port, here or in GCPO_TARGET)")
        port = _PORT.search(self.target)
        # gRPC would take what is left of a larger port after 16 bits.
        if _NO_TARGET.search(self.target) or (port and not 0 < int(port[1]) <= _MAX_PORT):
            raise ValueError(f"target: {self.target!r} (expected: host:port, or as gRPC has it)")
        require_timeout(self.timeout)
        if self.connections < 1:
            raise ValueError(f"connections: {self.connections} (expected: >= 1)")
        require_on_failure(self.on_failure)
        if self.token is None:
            return
        if not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise ValueError("token: not printable ASCII without spaces (expected: a bearer token)")
        in_the_clear = self.tls is None and not self.loopback
        if in_the_clear and not self.allow_insecure_token:
            raise ValueError(
                f"token: over plain text to {self.target} (expected: tls, or allow_insecure_token)"
            )

    @classmethod
    def of(
        cls,
        target: str | None,
        *,
        timeout: float,
        token: str | None,
        allow_insecure_token: bool,
        tls: Tls | None,
        retry: RetryPolicy,
        connections: int,
        on_failure: OnFailure,
    ) -> ClientSettings:
        """The settings, what is None from the environment."""
        return cls(
            target or os.environ.get("GCPO_TARGET") or "",
            timeout,
            token or os.environ.get("GCPO_TOKEN") or None,
            allow_insecure_token,
            tls or Tls.from_environment(),
            retry,
            connections,
            on_failure,
        )

    @property
    def loopback(self) -> bool:
        """Whether the target is on this machine, to all appearances."""
        return _LOOPBACK.fullmatch(self.target) is not None

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Of every call."""
        return () if self.token is None else (("authorization", f"Bearer {self.token}"),)


def require_timeout(timeout: float) -> float:
    """Returns a timeout in seconds, or raises ValueError."""
    if not (timeout > 0 and math.isfinite(timeout)):
        raise ValueError(f"timeout: {timeout} (expected: seconds above 0)")
    return timeout


def require_on_failure(choice: str) -> None:
    """Raises ValueError for a choice that does not exist."""
    if choice not in ON_FAILURE:
        raise ValueError(f"on_failure: {choice!r} (expected: {', '.join(ON_FAILURE)})")
