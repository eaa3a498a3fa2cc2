# SPDX-License-Identifier: Apache-2.0
"""What adapters do alike around a call: golden answers, names of metrics, prefetch."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from gcpo_advantage._columns import Numbers
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.flat import FlatResult

_LOG = logging.getLogger(__name__)

_PREFIX = "advantage_service/"


class Scorer:
    """Calls the service for an adapter. Picklable; connects at its first call."""

    def __init__(self, settings: AdapterSettings, golden_source: str) -> None:
        """Makes a scorer.

        Args:
            settings: target, configuration, timeout, what becomes of a failed step.
            golden_source: where the adapter looks for golden answers, as its user wants to read it.

        Raises:
            ValueError: no target, here or in the environment.
        """
        self._config = dict(settings.config)
        self._golden_source = golden_source
        self._client = settings.client()
        self._warned = False

    def compute(
        self,
        rewards: Numbers,
        group_ids: Sequence[Hashable],
        texts: Sequence[str],
        *,
        golden: Mapping[Any, str | None],
        **columns: Any,  # noqa: ANN401
    ) -> FlatResult:
        """The advantages of N rows; columns as in ``AdvantageClient.compute_flat``.

        Golden answers are sent only where the configuration has ``gold``. The first group that has
        none then is warned of, once.

        Args:
            rewards: [N]; None or NaN: could not be scored.
            group_ids: [N].
            texts: [N] what the policy wrote.
            golden: a reference solution by group id; None: there is none.
            columns: further columns [N] and options.

        Raises:
            AdvantageError: the call failed, and ``on_failure`` is ``raise``.
            ValueError: rows that cannot be sent.
        """
        wanted = "gold" in self._config
        if wanted and not self._warned and any(not golden.get(key) for key in group_ids):
            self._warned = True
            _LOG.warning(
                "gold: no golden answer in %s for some groups; they are computed without",
                self._golden_source,
            )
        return self._client.compute_flat(
            rewards,
            group_ids,
            texts,
            golden=golden if wanted else None,
            config=self._config or None,
            **columns,
        )

    def prefetch(self, texts: Sequence[str]) -> None:
        """Has texts embedded while other rollouts still generate. Never raises.

        What could not be submitted is sent by ``compute(..., prefetched=True)`` itself, which then
        also says what is wrong with it.
        """
        try:
            submitted = self._client.submit_async(texts)
        except Exception as failure:  # only a head start: it must not end a run
            _LOG.warning("prefetch: %s", failure)
        else:
            submitted.add_done_callback(_log_failure)


def metrics(result: FlatResult) -> dict[str, float]:
    """What a trainer logs of one call, each name after ``advantage_service/``."""
    return {_PREFIX + name: value for name, value in result.metrics().items()}


def first_per_group(
    group_ids: Sequence[Hashable], values: Sequence[str | None]
) -> dict[Hashable, str | None]:
    """The first text of each group that has one: columns repeat it in every row of a group."""
    found: dict[Hashable, str | None] = {}
    for key, value in zip(group_ids, values, strict=True):
        found[key] = found.get(key) or value or None
    return found


def _log_failure(submitted: Future[list[bytes]]) -> None:
    if not submitted.cancelled() and submitted.exception() is not None:
        _LOG.info("prefetch: %s", submitted.exception())
