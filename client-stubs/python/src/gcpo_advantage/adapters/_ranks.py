# SPDX-License-Identifier: Apache-2.0
"""One call for all ranks of a trainer on accelerate; each gets its answer or its error."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from gcpo_advantage.errors import AdvantageError

_Part = TypeVar("_Part")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class _Failure:
    error: Exception


def ask_once(prepare: Callable[[], _Part], ask: Callable[[list[_Part]], _Answer]) -> _Answer:
    """Has rank 0 ask with what all ranks prepared. Every rank must call it.

    A rank that failed and left would leave the others waiting in a collective until they time out;
    so an error travels in place of what was prepared, or of the answer, and is raised everywhere.

    Args:
        prepare: makes what this rank brings; runs on every rank. Picklable.
        ask: what rank 0 does with the parts of all ranks, in the order of the ranks. Picklable.

    Returns:
        The answer, on every rank.

    Raises:
        Exception: the error of the first rank that could not prepare, or of ``ask``; the same on
            every rank.
    """
    from accelerate import PartialState
    from accelerate.utils import broadcast_object_list, gather_object

    gathered: list[_Part | _Failure] = gather_object([_attempt(prepare)])
    parts: list[_Part] = []
    for part in gathered:
        if isinstance(part, _Failure):
            raise part.error
        parts.append(part)
    shared: list[_Answer | _Failure | None] = [None]
    if PartialState().is_main_process:
        shared = [_attempt(lambda: ask(parts))]
    broadcast_object_list(shared)
    answer = shared[0]
    if isinstance(answer, _Failure):
        raise answer.error
    assert answer is not None
    return answer


def _attempt(work: Callable[[], _Answer]) -> _Answer | _Failure:
    try:
        return work()
    except Exception as error:
        return _Failure(_sendable(error))


def _sendable(error: Exception) -> Exception:
    """The error, or its words where it does not survive the way to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return AdvantageError(f"{type(error).__name__}: {error}")
    return error
