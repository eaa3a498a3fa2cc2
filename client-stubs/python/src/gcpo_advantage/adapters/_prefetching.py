# SPDX-License-Identifier: Apache-2.0
"""Texts on their way to the service while other rollouts are still being generated."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from gcpo_advantage.adapters._options import Options

_Reward = TypeVar("_Reward", bound=Callable[..., Any])

_log = logging.getLogger(__name__)


def prefetching(reward: _Reward, texts_of: Callable[..., Sequence[str]]) -> _Reward:
    """A reward function that first sends its texts off to be embedded; it waits for nothing.

    A text that could not be sent costs time, not correctness: the step sends it itself. So such a
    failure is logged, and only a missing target, which is a mistake of the configuration, raises.

    Args:
        reward: the trainer's reward function, sync or async; what is returned is of the same kind.
        texts_of: from the reward function's arguments to its texts.
    """

    def send(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        texts = [text for text in texts_of(*args, **kwargs) if text]
        if not texts:
            return
        client = Options.read().client()
        try:
            client.submit_async(texts).add_done_callback(_log_failure)
        except ValueError as unsendable:
            _log.warning("prefetch: %s", unsendable)

    if inspect.iscoroutinefunction(reward):

        @functools.wraps(reward)
        async def asynchronous(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            send(*args, **kwargs)
            return await reward(*args, **kwargs)

        return asynchronous  # type: ignore[return-value]

    @functools.wraps(reward)
    def synchronous(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        send(*args, **kwargs)
        return reward(*args, **kwargs)

    return synchronous  # type: ignore[return-value]


def _log_failure(submitted: Future[list[bytes]]) -> None:
    failure = None if submitted.cancelled() else submitted.exception()
    if failure is not None:
        _log.warning("prefetch: %s", failure)
