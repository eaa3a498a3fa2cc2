# SPDX-License-Identifier: Apache-2.0
"""Waits for what comes about elsewhere."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

_SECONDS = 20.0


def until(holds: Callable[[], object], seconds: float = _SECONDS) -> None:
    """Fails unless it holds in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"did not come about in {seconds} s"
        time.sleep(0.005)


def until_ended(before: Iterable[threading.Thread]) -> None:
    """Fails unless all threads end that were not there before."""
    known = set(before)
    end = time.monotonic() + _SECONDS
    while left := set(threading.enumerate()) - known:
        assert time.monotonic() < end, f"left behind: {left}"
        time.sleep(0.005)


async def until_no_tasks_but(before: set[asyncio.Task[Any]]) -> None:
    """Fails unless all tasks of the loop end that were not there before; gRPC's end by and by."""
    end = time.monotonic() + _SECONDS
    while left := asyncio.all_tasks() - before - {asyncio.current_task()}:
        assert time.monotonic() < end, f"left behind: {left}"
        await asyncio.sleep(0.005)
