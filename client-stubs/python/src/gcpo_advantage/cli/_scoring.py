# SPDX-License-Identifier: Apache-2.0
"""A file of groups on its way through a client, in bounded pieces."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TextIO

from gcpo_advantage.cli import _answer, _exit
from gcpo_advantage.cli._lines import Line
from gcpo_advantage.cli._page import Page
from gcpo_advantage.client import AdvantageClient
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.results import GroupResult

_GROUPS_PER_REQUEST = 32
_BYTES_PER_REQUEST = 4 << 20
_REQUESTS_IN_FLIGHT = 4


class Scoring:
    """Several requests in flight, so that the model never waits for the file; results in order."""

    def __init__(
        self,
        client: AdvantageClient,
        call: dict[str, Any],
        out: TextIO,
        page: Page | None,
        groups_per_request: int | None,
    ) -> None:
        """Starts the clock.

        Args:
            client: the client.
            call: options of ``compute``.
            out: takes the lines.
            page: takes the views.
            groups_per_request: None: as many as is good for the throughput.
        """
        self._client = client
        self._call = call
        self._out = out
        self._page = page
        self._max_groups = groups_per_request or _GROUPS_PER_REQUEST
        # Who asks for a batch of so many groups gets it, or an error; never a smaller one.
        self._max_bytes = sys.maxsize if groups_per_request else _BYTES_PER_REQUEST
        self._scored = self._failed = self._broken = 0
        self._started = time.monotonic()

    def run(self, lines: Iterator[Line]) -> None:
        """Works through the file; a group that fails is reported and written as an error.

        Raises:
            AdvantageError: a whole call failed; what stands before it is written.
        """
        in_flight: deque[tuple[list[Line], Future[list[GroupResult]]]] = deque()
        with ThreadPoolExecutor(_REQUESTS_IN_FLIGHT) as pool:
            try:
                for piece in self._pieces(lines):
                    if len(in_flight) == _REQUESTS_IN_FLIGHT:
                        self._finish(*in_flight.popleft())
                    in_flight.append((piece, pool.submit(self._compute, piece)))
                while in_flight:
                    self._finish(*in_flight.popleft())
            except BaseException:
                # Nobody waits for what is still under way; closing ends the calls.
                pool.shutdown(wait=False, cancel_futures=True)
                self._client.close()
                raise

    def exit_code(self) -> int:
        """2 after a broken line, else 1 after a failed group, else 0."""
        if self._broken:
            return _exit.USAGE
        return _exit.FAILED if self._failed else _exit.FINE

    def summary(self) -> str:
        """One line for people."""
        seconds = time.monotonic() - self._started
        broken = f", {self._broken} lines broken" if self._broken else ""
        return f"{self._scored} groups scored, {self._failed} failed{broken}, {seconds:.1f} s"

    def _pieces(self, lines: Iterator[Line]) -> Iterator[list[Line]]:
        piece: list[Line] = []
        size = 0
        for line in lines:
            piece.append(line)
            size += line.size
            if len(piece) == self._max_groups or size >= self._max_bytes:
                yield piece
                piece, size = [], 0
        if piece:
            yield piece

    def _compute(self, piece: list[Line]) -> list[GroupResult]:
        groups = [line.group for line in piece if line.group is not None]
        return self._client.compute(groups, on_group_error="return", **self._call)

    def _finish(self, piece: list[Line], future: Future[list[GroupResult]]) -> None:
        try:
            results = iter(future.result())
        except AdvantageError as failure:
            _report(f"lines {piece[0].number} to {piece[-1].number} and what follows: not scored")
            raise failure
        for line in piece:
            if line.group is None:
                self._broken += 1
                _report(f"line {line.number}: {line.problem}")
                broken = _answer.broken_line(line.problem, line.group_id)
                self._out.write(_answer.json_line(broken))
            else:
                self._write(line, next(results))

    def _write(self, line: Line, result: GroupResult) -> None:
        message = _answer.to_message(result)
        if result.error is None:
            self._scored += 1
        else:
            self._failed += 1
            _report(f"line {line.number}: {message.error.message}")
        self._out.write(_answer.json_line(message))
        if self._page is not None:
            self._page.add(result)


def _report(message: str) -> None:
    print(_exit.printable(message), file=sys.stderr)
