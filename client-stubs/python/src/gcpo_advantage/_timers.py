# SPDX-License-Identifier: Apache-2.0
"""Functions called later, all from one thread: thousands may wait while a server is away."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Timers:
    """Calls functions at their times. Thread-safe; has a thread only while something waits."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._running = False

    def after(self, seconds: float, function: Callable[[], None]) -> None:
        """Calls a quick function that raises nothing, in that many seconds.

        Raises:
            RuntimeError: no thread can be started.
        """
        with self._changed:
            if not self._running:
                threading.Thread(target=self._run, name="gcpo-timers", daemon=True).start()
                self._running = True
            heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._order), function))
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._running = False
                    return
                left = self._waiting[0][0] - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                _, _, function = heapq.heappop(self._waiting)
            function()
