# SPDX-License-Identifier: Apache-2.0
"""One way to read a stream for tests of both clients, and servers that stream in odd ways."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
from fake_server import stream_answer
from waiting import until_no_tasks_but

from gcpo_advantage import (
    AdvantageClient,
    AsyncAdvantageClient,
    GroupResult,
    RetryPolicy,
    RolloutGroup,
)

QUICK = RetryPolicy(initial_backoff=0.01, max_backoff=0.05)
GROUPS = [RolloutGroup(f"g{i}", ["x"] * (i % 3 + 1), [1.0] * (i % 3 + 1)) for i in range(12)]
Script = Callable[[Iterator[Any], grpc.ServicerContext], Iterator[Any]]


@dataclass
class Outcome:
    """What a stream came to."""

    results: list[GroupResult] = field(default_factory=list)
    failure: BaseException | None = None

    @property
    def ids(self) -> list[str]:
        return [result.group_id for result in self.results]


def read(
    kind: str,
    target: str,
    groups: Iterable[RolloutGroup],
    between: Callable[[], None] = lambda: None,
    **options: Any,  # noqa: ANN401
) -> Outcome:
    """All results of a stream, by the blocking or the asynchronous client.

    ``between`` is called after each result, while the next is not asked for.
    """
    outcome = Outcome()
    if kind == "blocking":
        with AdvantageClient(target, timeout=20, retry=QUICK) as client:
            try:
                for result in client.stream(groups, **options):
                    outcome.results.append(result)
                    between()
            except Exception as failure:
                outcome.failure = failure
        return outcome

    async def collect() -> None:
        before = asyncio.all_tasks()
        async with AsyncAdvantageClient(target, timeout=20, retry=QUICK) as client:
            try:
                async for result in client.stream(groups, **options):
                    outcome.results.append(result)
                    between()
            except Exception as failure:
                outcome.failure = failure
        await until_no_tasks_but(before)

    asyncio.run(asyncio.wait_for(collect(), 60))
    return outcome


def groups_of(requests: Iterator[Any]) -> Iterator[Any]:
    """The groups that come in."""
    return (request.group for request in requests if request.HasField("group"))


class BreaksOff:
    """Answers some groups of each attempt, then goes away; says which groups came when."""

    def __init__(self, answers: list[int], code: str = "UNAVAILABLE") -> None:
        self.attempts: list[list[str]] = []
        self._answers = answers
        self._code = grpc.StatusCode[code]

    def __call__(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        own: list[str] = []
        self.attempts.append(own)
        left = self._answers.pop(0) if self._answers else None
        for group in groups_of(requests):
            own.append(group.group_id)
            if left == 0:
                context.abort(self._code, "gone")
            yield stream_answer(group)
            left = None if left is None else left - 1


def at_the_end(change: Callable[[list[Any]], list[Any]]) -> Script:
    """Answers once all groups are there, with the answers changed."""

    def script(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        yield from change([stream_answer(group) for group in groups_of(requests)])

    return script


def silent(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
    """Takes everything and answers nothing."""
    for _ in groups_of(requests):
        pass
    ended = threading.Event()
    if context.add_callback(ended.set):
        ended.wait(60)
    yield from ()
