# SPDX-License-Identifier: Apache-2.0
"""An adapter's settings where the trainer has a configuration of its own."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gcpo_advantage._settings import OnFailure
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.client import AdvantageClient

_OF_THE_CALL = frozenset(each.name for each in fields(AdapterSettings))


@dataclass(frozen=True)
class Options:
    """How an adapter calls the service and what it takes from the trainer's rows.

    Attributes:
        settings: of the call.
        golden_field: where a row has its golden answer, dotted, for example
            ``extra_info.answer``; None: the adapter's default.
        prefetched: whether the reward function has submitted the texts already, so that hashes are
            sent in their place.
    """

    settings: AdapterSettings = field(default_factory=AdapterSettings)
    golden_field: str | None = None
    prefetched: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any] | None = None) -> Options:
        """From a mapping of the trainer's configuration, and from the environment for the rest.

        The names are those of :class:`AdapterSettings` and of this class. In the environment they
        are ``GCPO_TARGET`` and so on, with ``GCPO_GOLDEN_FIELD`` and ``GCPO_PREFETCHED`` (1 or 0).

        Raises:
            ValueError: a name that there is not, or a value that cannot be read.
        """
        given = dict(given or {})
        unknown = given.keys() - _OF_THE_CALL - {"golden_field", "prefetched"}
        if unknown:
            names = sorted(_OF_THE_CALL | {"golden_field", "prefetched"})
            raise ValueError(f"gcpo.{min(unknown)} (expected: one of {', '.join(names)})")
        call = {name: given[name] for name in _OF_THE_CALL & given.keys()}
        settings = replace(AdapterSettings.from_environment(), **call)
        if not isinstance(settings.config, Mapping):
            raise ValueError(f"gcpo.config: {settings.config!r} (expected: a mapping)")
        prefetched = given.get("prefetched")
        return cls(
            settings=settings,
            golden_field=given.get("golden_field") or os.environ.get("GCPO_GOLDEN_FIELD"),
            prefetched=_flag("GCPO_PREFETCHED") if prefetched is None else bool(prefetched),
        )

    @property
    def wants_golden(self) -> bool:
        """Whether the configuration lets golden answers take places."""
        return "gold" in self.settings.config

    @property
    def wants_prompts(self) -> bool:
        """Whether the configuration has a kernel that looks at prompts."""
        return "prompt_residual" in json.dumps(dict(self.settings.config), default=str).lower()

    def client(self) -> AdvantageClient:
        """The client of these settings: one for each process and each way to call."""
        call = self.settings
        return _client(call.target, call.timeout, call.on_failure)


@functools.cache
def _client(target: str | None, timeout: float, on_failure: OnFailure) -> AdvantageClient:
    # Kept: a client for every step would connect for every step.
    return AdapterSettings(target=target, timeout=timeout, on_failure=on_failure).client()


def _flag(name: str) -> bool:
    text = os.environ.get(name, "0")
    if text not in ("0", "1"):
        raise ValueError(f"{name}: {text} (expected: 0 or 1)")
    return text == "1"
