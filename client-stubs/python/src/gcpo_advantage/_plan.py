# SPDX-License-Identifier: Apache-2.0
"""What a method of a client does, without the waiting: one plan for the blocking and the async one.

A plan is a generator. It yields calls that may be made side by side, is sent their answers in the
same order or thrown the error of one of them, and returns what the caller gets.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gcpo_advantage._generated.gcpo.advantage.v1 import info_service_pb2
from gcpo_advantage.errors import InvalidRequestError
from gcpo_advantage.info import ServerInfo

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Call:
    """One request.

    Attributes:
        method: attribute of ``_stub.Stub``.
        request: its message.
        positions: in the caller's list, of the request's groups or texts; empty where it has none.
        delay: seconds to wait before it is sent.
    """

    method: str
    request: Any
    positions: Sequence[int] = ()
    delay: float = 0.0


Plan = Generator[Sequence[Call], Sequence[Any], _T]


class Session:
    """What a client remembers from call to call. Thread-safe.

    Attributes:
        info: what the server said of itself; None: to be asked for. Forgotten when a request is
            refused: perhaps it is another server by now, with other limits.
        fallbacks: groups that got ``local_grpo`` or ``zero`` in place of an answer.
    """

    def __init__(self) -> None:
        """Nothing is known of the server."""
        self.info: ServerInfo | None = None
        self.fallbacks = 0
        self._lock = threading.Lock()

    def fall_back(self, groups: int) -> int:
        """Counts groups without an answer; returns how many there were so far."""
        with self._lock:
            self.fallbacks += groups
            return self.fallbacks


def ask_info(session: Session) -> Plan[ServerInfo]:
    """Asks the server what it is."""
    (answer,) = yield [Call("get_server_info", info_service_pb2.GetServerInfoRequest())]
    session.info = ServerInfo.from_message(answer)
    return session.info


def known_info(session: Session) -> Plan[ServerInfo]:
    """What the server is; asked for where it is not known."""
    if session.info is None:
        return (yield from ask_info(session))
    return session.info


def ask(session: Session, calls: Sequence[Call]) -> Plan[Sequence[Any]]:
    """The answers of calls to which the limits matter."""
    try:
        return (yield calls)
    except InvalidRequestError:
        session.info = None
        raise
