# SPDX-License-Identifier: Apache-2.0
"""A stream on an event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterable
from contextlib import aclosing
from typing import Any

import grpc
import grpc.aio

from gcpo_advantage._awaiting import AsyncChannels
from gcpo_advantage._stream import MAX_UNANSWERED, StreamState
from gcpo_advantage.errors import DeadlineExceededError, InvalidAnswerError
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import Attempts, RetryPolicy

Groups = Iterable[RolloutGroup] | AsyncIterable[RolloutGroup]


class AwaitingStream:
    """One stream, over as many attempts as it takes; its results are read once."""

    def __init__(
        self, state: StreamState, channels: AsyncChannels, policy: RetryPolicy, timeout: float
    ) -> None:
        """Nothing is read or sent yet; the timeout is for each answer, in seconds."""
        self._state = state
        self._channels = channels
        self._policy = policy
        self._timeout = timeout
        self._changed = asyncio.Condition()
        self._source_ended = False
        self._source_failure: BaseException | None = None

    async def results(self, groups: Groups) -> AsyncIterator[GroupResult]:
        """The results, as they come."""
        reader = asyncio.ensure_future(self._read(groups))
        attempts: Attempts | None = None
        try:
            while await self._wait_for_groups():
                try:
                    async with aclosing(self._answers()) as answers:
                        async for result in answers:
                            attempts = None
                            yield result
                except grpc.RpcError as failure:
                    # Its time runs from the last answer on.
                    attempts = attempts or Attempts(self._policy, time.monotonic() + self._timeout)
                    await asyncio.sleep(attempts.pause(failure))
            if self._source_failure is not None:
                raise self._source_failure
        finally:
            await _end(reader)

    async def _wait_for_groups(self) -> bool:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._state) or self._source_ended)
            return len(self._state) > 0

    async def _answers(self) -> AsyncGenerator[GroupResult, None]:
        self._state.start_again(time.monotonic())
        stub = self._channels.stub()
        call = stub.stream_advantages(metadata=stub.metadata)
        writer = asyncio.ensure_future(self._write(call))
        try:
            while True:
                answer = await self._next(call)
                if answer is grpc.aio.EOF:
                    break
                result = self._state.receive(answer)
                async with self._changed:
                    self._changed.notify_all()
                yield result
            code = await call.code()
            if code is not grpc.StatusCode.OK:
                # Reading ends quietly where writing had failed before.
                await call.wait_for_connection()
                raise grpc.aio.AioRpcError(
                    code,
                    await call.initial_metadata(),
                    await call.trailing_metadata(),
                    await call.details(),
                )
            if len(self._state):
                raise InvalidAnswerError(
                    f"stream: ended, {len(self._state)} groups without an answer (expected: 0)"
                )
        finally:
            call.cancel()
            await _end(writer)

    async def _next(self, call: Any) -> Any:  # noqa: ANN401
        """The next answer, or the end."""
        since = time.monotonic()
        reading = asyncio.ensure_future(call.read())
        try:
            while True:
                oldest = self._state.oldest()
                # What is sent while we wait shows at the next look.
                left = self._timeout
                if oldest is not None:
                    left += max(oldest, since) - time.monotonic()
                    if left <= 0:
                        raise DeadlineExceededError(
                            f"stream: a group without an answer for {self._timeout} s"
                        )
                done, _ = await asyncio.wait([reading], timeout=left)
                if done:
                    return reading.result()
        finally:
            reading.cancel()

    async def _read(self, groups: Groups) -> None:
        """Takes the caller's groups, no more than may be on their way."""
        try:
            if isinstance(groups, AsyncIterable):
                async for group in groups:
                    await self._add(group)
            else:
                for group in groups:
                    await self._add(group)
        except BaseException as failure:  # the caller must hear of it, after the results it has
            self._source_failure = failure
            if not isinstance(failure, Exception):
                raise
        finally:
            async with self._changed:
                self._source_ended = True
                self._changed.notify_all()

    async def _add(self, group: RolloutGroup) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._state) < MAX_UNANSWERED)
            self._state.add(group, time.monotonic())
            self._changed.notify_all()

    async def _write(self, call: Any) -> None:  # noqa: ANN401
        """Sends the header, then groups as they come; a failure shows in what is read."""
        try:
            await call.write(self._state.header())
            while True:
                async with self._changed:
                    request = self._state.next_request()
                    while request is None and not self._source_ended:
                        await self._changed.wait()
                        request = self._state.next_request()
                if request is None:
                    await call.done_writing()
                    return
                await call.write(request)
        except (grpc.RpcError, asyncio.InvalidStateError):
            return


async def _end(task: asyncio.Task[None]) -> None:
    """Cancels a task and waits until it has ended."""
    task.cancel()
    await asyncio.wait([task])
