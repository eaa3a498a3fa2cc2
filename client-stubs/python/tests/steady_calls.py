# SPDX-License-Identifier: Apache-2.0
"""Callers that ask the same thing again and again while something happens to the servers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from gcpo_advantage import AdvantageError, GroupResult

_LOOK_SECONDS = 0.01
# Of a caller after each call: what it asks must leave a server the time to start.
_PAUSE_SECONDS = 0.05


class Caller(threading.Thread):
    """Calls until it is told to stop, and notes what became of each call."""

    def __init__(
        self, call: Callable[[], Sequence[GroupResult]], expected: np.ndarray, over_after: float
    ) -> None:
        """Asks for the advantages ``expected``; a call that takes ``over_after`` s is late."""
        super().__init__(daemon=True)
        self.answered = 0
        self.failed: list[AdvantageError] = []
        self.wrong: list[object] = []
        self.late: list[float] = []
        self.stopped = threading.Event()
        self._call = call
        self._expected = expected
        self._over_after = over_after

    def run(self) -> None:
        while not self.stopped.is_set():
            start = time.monotonic()
            try:
                found = advantages(self._call())
                if np.array_equal(found, self._expected):
                    self.answered += 1
                else:
                    self.wrong.append(found)
            except AdvantageError as failure:
                self.failed.append(failure)
            except Exception as failure:  # any other kind is a defect
                self.wrong.append(failure)
            took = time.monotonic() - start
            if took > self._over_after:
                self.late.append(took)
            self.stopped.wait(_PAUSE_SECONDS)

    def stop(self) -> None:
        """Waits for the call that is under way; one that does not end is late."""
        self.stopped.set()
        self.join(self._over_after)
        if self.is_alive():
            self.late.append(float("inf"))


def advantages(results: Sequence[GroupResult]) -> np.ndarray:
    """Those of all groups, in the order of their ids, one after the other."""
    ordered = sorted(results, key=lambda result: result.group_id)
    return np.concatenate([result.advantages for result in ordered])


@contextmanager
def calling(callers: Sequence[Caller]) -> Iterator[None]:
    """They call as long as the block runs."""
    for caller in callers:
        caller.start()
    try:
        yield
    finally:
        for caller in callers:
            caller.stopped.set()
        for caller in callers:
            caller.stop()


def await_answers(callers: Sequence[Caller], more: int, patience: float) -> int:
    """Until each has had so many more, within ``patience`` s; how many all had together."""
    before = [caller.answered for caller in callers]
    end = time.monotonic() + patience
    while any(caller.answered < had + more for caller, had in zip(callers, before, strict=True)):
        failures = [caller.failed[-1:] + caller.wrong[-1:] for caller in callers]
        assert time.monotonic() < end, f"{failures} (expected: {more} more answers of each caller)"
        threading.Event().wait(_LOOK_SECONDS)
    return sum(caller.answered for caller in callers) - sum(before)
