# SPDX-License-Identifier: Apache-2.0
"""Work with an asynchronous client, for tests that are no coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from streaming import QUICK
from waiting import until_no_tasks_but

from gcpo_advantage import AsyncAdvantageClient

_T = TypeVar("_T")


def run(target: str, work: Callable[[AsyncAdvantageClient], Awaitable[_T]]) -> _T:
    """What the work returns, in a loop of its own that is left as it was found."""

    async def main() -> _T:
        before = asyncio.all_tasks()
        async with AsyncAdvantageClient(target, timeout=20, retry=QUICK) as client:
            result = await work(client)
        await until_no_tasks_but(before)
        return result

    return asyncio.run(main())
