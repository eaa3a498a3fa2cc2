# SPDX-License-Identifier: Apache-2.0
"""Answers that are put together come from one model and one version of the server.

Parts of a call may reach different servers while a new version is rolled out.
"""

from __future__ import annotations

from collections.abc import Sequence

from gcpo_advantage._expect import require
from gcpo_advantage.info import AnswerOrigin, ModelIdentity

Source = tuple[ModelIdentity | None, AnswerOrigin | None]

_MAX_ROUNDS = 6
# Connections take turns: a server that is still there answers one of two repeats of a part.
_MAX_MISSED = 2


class WantedSource:
    """Whose answers stay, where there are several: the rest is asked for again.

    Those of the newest, since the older servers are about to go, for as long as it answers.
    """

    def __init__(self) -> None:
        """No answer yet."""
        self._wanted: tuple[object, object] | None = None
        self._missed = 0
        self._rounds = 0

    def came(self, sources: Sequence[Source]) -> None:
        """Learns where the answers of one round came from, in the order of their questions."""
        if not sources:
            return
        identities = [_identity(source) for source in sources]
        self._missed = 0 if self._wanted in identities else self._missed + 1
        if self._wanted is None or self._missed == _MAX_MISSED:
            self._wanted = identities[-1]
            self._missed = 0

    def others(self, sources: Sequence[Source | None]) -> list[int]:
        """Positions of what is to be asked for again; empty after too many rounds.

        Args:
            sources: of all answers at hand; None where there is nothing to be put together.
        """
        some = [
            i
            for i, source in enumerate(sources)
            if source is not None and _identity(source) != self._wanted
        ]
        if not some or self._rounds == _MAX_ROUNDS:
            return []
        self._rounds += 1
        return some


def require_one_source(sources: Sequence[Source]) -> None:
    """Refuses to put together what two models or two servers worked out.

    Raises:
        InvalidAnswerError: with both.
    """
    for model, origin in sources:
        first_model, first_origin = sources[0]
        require(
            "model.fingerprint",
            model and model.fingerprint,
            first_model and first_model.fingerprint,
        )
        require("origin", origin, first_origin)


def _identity(source: Source) -> tuple[object, object]:
    model, origin = source
    return (model and model.fingerprint, origin)
