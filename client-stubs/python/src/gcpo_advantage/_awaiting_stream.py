# SPDX-License-Identifier: Apache-2.0
"""A stream on an event loop: a blocking one in a thread, asked for its results one by one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from concurrent.futures import Future

from gcpo_advantage._awaiting import call_in
from gcpo_advantage._blocking_stream import BlockingStream
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.results import GroupResult

Groups = Iterable[RolloutGroup] | AsyncIterable[RolloutGroup]


class AwaitingStream:
    """One stream; its results are read once."""

    def __init__(self, stream: BlockingStream) -> None:
        """Nothing is read or sent yet."""
        self._stream = stream
        self._wanted = threading.Semaphore(0)
        self._pulled: Future[RolloutGroup | None] | None = None
        self._over = False

    async def results(self, groups: Groups) -> AsyncIterator[GroupResult]:
        """The results, as they come."""
        loop = asyncio.get_running_loop()
        came: asyncio.Queue[GroupResult | BaseException | None] = asyncio.Queue()
        source = groups if isinstance(groups, Iterable) else self._pull(groups, loop)
        threading.Thread(target=self._work, args=(source, loop, came), daemon=True).start()
        try:
            while True:
                # One at a time, so that a slow caller has the server wait and not our memory.
                self._wanted.release()
                result = await came.get()
                if result is None:
                    return
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            self._over = True
            self._stream.end()
            self._wanted.release()
            if self._pulled is not None:
                self._pulled.cancel()

    def _work(
        self,
        groups: Iterable[RolloutGroup],
        loop: asyncio.AbstractEventLoop,
        came: asyncio.Queue[GroupResult | BaseException | None],
    ) -> None:
        results = self._stream.results(groups)
        result: GroupResult | BaseException | None
        while True:
            self._wanted.acquire()
            try:
                result = next(results, None)
            except BaseException as failure:  # the caller must hear of it
                result = failure
            call_in(loop, lambda told=result: came.put_nowait(told))  # type: ignore[misc]
            if not isinstance(result, GroupResult):
                return

    def _pull(
        self, groups: AsyncIterable[RolloutGroup], loop: asyncio.AbstractEventLoop
    ) -> Iterator[RolloutGroup]:
        """The groups for a thread to read, each had from the loop."""
        source = aiter(groups)

        async def following() -> RolloutGroup | None:
            async for group in source:
                return group
            return None

        while not self._over:
            self._pulled = asyncio.run_coroutine_threadsafe(following(), loop)
            group = self._pulled.result()
            if group is None:
                return
            yield group
