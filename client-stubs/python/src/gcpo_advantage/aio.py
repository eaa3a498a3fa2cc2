# SPDX-License-Identifier: Apache-2.0
"""The client for callers that have an event loop of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from gcpo_advantage import _awaiting, _compute, _plan, _rows, _texts
from gcpo_advantage._awaiting_stream import AwaitingStream, Groups
from gcpo_advantage._base import ClientBase
from gcpo_advantage._columns import Ids, Numbers
from gcpo_advantage._options import split_options, split_texts_timeout, split_timeout
from gcpo_advantage.flat import FlatResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import ServerInfo
from gcpo_advantage.results import GroupResult

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from gcpo_advantage._options import (
        ComputeOptions,
        EmbedOptions,
        FlatOptions,
        StreamOptions,
        SubmitOptions,
    )

_T = TypeVar("_T")


class AsyncAdvantageClient(ClientBase):
    """:class:`gcpo_advantage.AdvantageClient` as coroutines: same arguments, results and errors.

    For any number of event loops, in any threads. Picklable; an asynchronous context manager.
    Cancelling a coroutine cancels its calls.
    """

    async def __aenter__(self) -> AsyncAdvantageClient:
        """Returns the client."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the client."""
        await self.close()

    async def close(self) -> None:
        """Ends the connections; further calls raise RuntimeError."""
        self._channels.close()

    async def compute(
        self, groups: Iterable[RolloutGroup], **options: Unpack[ComputeOptions]
    ) -> list[GroupResult]:
        """The advantages of every group; see :meth:`gcpo_advantage.AdvantageClient.compute`."""
        keywords: dict[str, Any] = dict(options)
        deadline = self._deadline(keywords.pop("timeout", None))
        on_failure = keywords.pop("on_failure", None) or self._settings.on_failure
        question = _compute.Question.of(groups, on_failure=on_failure, **keywords)
        return await self._carry_out(self._compute(question, deadline), deadline)

    async def compute_flat(
        self,
        rewards: Numbers,
        group_ids: Ids,
        texts: Sequence[str] | None = None,
        *,
        embeddings: npt.NDArray[Any] | None = None,
        hashes: Sequence[bytes] | None = None,
        rollout_ids: Ids | None = None,
        golden: _rows.PerGroup = None,
        prompts: _rows.PerGroup = None,
        **more: Unpack[FlatOptions],
    ) -> FlatResult:
        """The advantages of a batch; see :meth:`gcpo_advantage.AdvantageClient.compute_flat`."""
        columns, options = split_options(more)
        rows = _rows.to_groups(
            rewards,
            group_ids,
            rollout_ids=rollout_ids,
            golden=golden,
            prompts=prompts,
            columns={"texts": texts, "embeddings": embeddings, "hashes": hashes, **columns},
        )
        return rows.result(await self.compute(rows.groups, **options))

    def stream(
        self, groups: Groups, **options: Unpack[StreamOptions]
    ) -> AsyncIterator[GroupResult]:
        """The results as they are ready; see :meth:`gcpo_advantage.AdvantageClient.stream`.

        The groups may come from an asynchronous iterable; an ordinary one is read in a thread.
        """
        timeout, header_options = split_timeout(options)
        return AwaitingStream(self._stream(header_options, timeout)).results(groups)

    async def submit(self, texts: Sequence[str], **options: Unpack[SubmitOptions]) -> list[bytes]:
        """Has texts embedded and kept; see :meth:`gcpo_advantage.AdvantageClient.submit`."""
        timeout, travels = split_texts_timeout(options)
        return await self._carry_out(_texts.submit(texts, **travels), self._deadline(timeout))

    async def embed(
        self, texts: Sequence[str], **options: Unpack[EmbedOptions]
    ) -> npt.NDArray[np.float32]:
        """The embeddings [n, d] of n texts; see :meth:`gcpo_advantage.AdvantageClient.embed`."""
        timeout, travels = split_texts_timeout(options)
        plan = _texts.embed(self._session, texts, **travels)
        return await self._carry_out(plan, self._deadline(timeout))

    async def info(self, *, timeout: float | None = None) -> ServerInfo:
        """What the server is; see :meth:`gcpo_advantage.AdvantageClient.info`."""
        return await self._carry_out(_plan.ask_info(self._session), self._deadline(timeout))

    async def _carry_out(self, plan: _plan.Plan[_T], deadline: float) -> _T:
        return await _awaiting.carry_out(plan, self._channels, self._settings, deadline)
