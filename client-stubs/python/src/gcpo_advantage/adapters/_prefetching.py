# SPDX-License-Identifier: Apache-2.0
"""Texts on their way to the service while other rollouts are still being generated."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from gcpo_advantage.adapters._settings import AdapterSettings

Reward = TypeVar("Reward", bound=Callable[..., Any])

_log = logging.getLogger(__name__)
_told: set[str] = set()


def prefetch(texts: Sequence[str], settings: AdapterSettings) -> None:
    """Has texts embedded; waits for nothing.

    A text that could not be sent costs time, not correctness: the step sends it itself. So such a
    failure is logged, as a warning the first time that its kind is met.

    Raises:
        ValueError: no target, which is a mistake of the configuration.
    """
    if not texts:
        return
    client = settings.client()
    try:
        submitted = client.submit_async(
            texts, truncation_policy=settings.config.get("truncation_policy")
        )
    except ValueError as unsendable:
        _tell(unsendable)
    else:
        submitted.add_done_callback(_log_failure)


def prefetching(
    reward: Reward,
    texts_of: Callable[..., Sequence[str]],
    given_of: Callable[..., Mapping[str, Any] | None],
) -> Reward:
    """A reward function that first sends its texts off to be embedded.

    Args:
        reward: the trainer's reward function, sync or async; what is returned is of the same kind.
        texts_of: from the reward function's arguments to its texts.
        given_of: from them to what :meth:`AdapterSettings.read` takes.
    """

    def send(*args: Any, **kwargs: Any) -> None:
        settings = AdapterSettings.read(given_of(*args, **kwargs))
        prefetch(texts_of(*args, **kwargs), settings)

    if inspect.iscoroutinefunction(reward):

        @functools.wraps(reward)
        async def asynchronous(*args: Any, **kwargs: Any) -> Any:
            send(*args, **kwargs)
            return await reward(*args, **kwargs)

        return asynchronous  # type: ignore[return-value]

    @functools.wraps(reward)
    def synchronous(*args: Any, **kwargs: Any) -> Any:
        send(*args, **kwargs)
        return reward(*args, **kwargs)

    return synchronous  # type: ignore[return-value]


def _log_failure(submitted: Future[list[bytes]]) -> None:
    failure = None if submitted.cancelled() else submitted.exception()
    if failure is not None:
        _tell(failure)


def _tell(failure: BaseException) -> None:
    # A server that is away fails every rollout of a step.
    kind = str(getattr(failure, "reason", None) or type(failure).__name__)
    _log.log(logging.INFO if kind in _told else logging.WARNING, "prefetch: %s", failure)
    _told.add(kind)
