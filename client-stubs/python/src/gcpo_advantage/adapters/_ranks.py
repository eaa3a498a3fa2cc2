# SPDX-License-Identifier: Apache-2.0
"""One rank calls the service, all ranks get what came of it: the result, or the same error."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gcpo_advantage.adapters._settings import AdapterSettings

_Row = TypeVar("_Row")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Collectives:
    """How the ranks of a run talk, as in ``accelerate.utils``.

    Attributes:
        gather: ``gather_object``: the lists of all ranks as one list, in the order of the ranks.
        broadcast: ``broadcast_object_list``: fills a list with rank 0's.
        first: whether this is rank 0.
    """

    gather: Callable[[list[Any]], list[Any]]
    broadcast: Callable[[list[Any]], Any]
    first: bool


@dataclass(frozen=True)
class _Failure:
    error: BaseException


def require_below(settings: AdapterSettings, ddp_timeout: float) -> None:
    """Checks that the ranks which wait for rank 0 wait as long as it may take.

    Raises:
        ValueError: they would give up before.
    """
    if settings.timeout >= ddp_timeout:
        raise ValueError(
            f"timeout: {settings.timeout} (expected: below ddp_timeout, {ddp_timeout}, after which"
            " the ranks that wait for rank 0 give up)"
        )


def on_first_rank(
    ranks: Collectives,
    local_rows: Callable[[], Sequence[_Row]],
    compute: Callable[[list[_Row]], _Result],
) -> _Result:
    """Gathers the rows of all ranks, computes on rank 0 and hands the result to every rank.

    Every rank takes part in both collectives whatever fails, so that no rank waits for one that
    has left with an error.

    Args:
        ranks: how they talk; every rank must call.
        local_rows: this rank's rows; picklable.
        compute: of the rows of all ranks, in the order of the ranks; called on rank 0 alone. Its
            result is picklable.

    Raises:
        Exception: what ``local_rows`` raised on the first rank where it did, or ``compute``; on
            every rank.
    """
    gathered = ranks.gather(_attempt(lambda: list(local_rows())))
    failures = [row for row in gathered if isinstance(row, _Failure)]
    if failures:
        raise failures[0].error
    outcome: list[Any] = [None]
    if ranks.first:
        outcome = _attempt(lambda: [compute(gathered)])
    ranks.broadcast(outcome)
    if isinstance(outcome[0], _Failure):
        raise outcome[0].error
    result: _Result = outcome[0]
    return result


def _attempt(action: Callable[[], list[Any]]) -> list[Any]:
    try:
        return action()
    except Exception as error:  # it belongs to all ranks
        return [_Failure(_picklable(error))]


def _picklable(error: Exception) -> BaseException:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
