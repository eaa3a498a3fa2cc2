# SPDX-License-Identifier: Apache-2.0
"""How an adapter calls the service: from its trainer's configuration or from the environment."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gcpo_advantage import _config
from gcpo_advantage._settings import OnFailure
from gcpo_advantage.client import AdvantageClient


@dataclass(frozen=True)
class AdapterSettings:
    """Settings of an adapter, the same for every trainer. Picklable.

    Attributes:
        target: ``host:port``; None: ``GCPO_TARGET``.
        config: of the advantages, for example ``{"estimator": "gcpo_cooperative"}``; empty: the
            server's defaults.
        timeout: seconds a step may wait, retries included.
        on_failure: what becomes of a step that has no answer: ``raise``, ``local_grpo`` or
            ``zero``.
        golden_field: where the trainer's row has its golden answer, dotted, for example
            ``extra_info.solution``; empty: the adapter's default.
        prefetched: whether texts were submitted as rollouts finished, so that hashes are sent in
            their place.
    """

    target: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)
    timeout: float = 60.0
    on_failure: OnFailure = "raise"
    golden_field: str = ""
    prefetched: bool = False

    def __post_init__(self) -> None:
        """Checks the configuration's names here, and not after the first rollouts.

        Raises:
            ValueError: a name or a value that there is not.
            TypeError: a value of the wrong type.
        """
        _config.to_message(self.config)

    @classmethod
    def read(cls, given: Mapping[str, Any] | None = None) -> AdapterSettings:
        """From a mapping of the trainer's configuration, and from the environment for the rest.

        The mapping's names are this class's. In the environment they are ``GCPO_TARGET``,
        ``GCPO_CONFIG`` (JSON), ``GCPO_TIMEOUT``, ``GCPO_ON_FAILURE``, ``GCPO_GOLDEN_FIELD`` and
        ``GCPO_PREFETCHED`` (1 or 0).

        Raises:
            ValueError: a name that there is not, or a value that cannot be read.
            TypeError: a value of the wrong type in the configuration.
        """
        given = given or {}
        names = [each.name for each in fields(cls)]
        unknown = given.keys() - set(names)
        if unknown:
            raise ValueError(f"gcpo.{min(unknown)} (expected: one of {', '.join(names)})")
        values = {}
        for name in names:
            path, value = f"gcpo.{name}", given.get(name)
            if value is None:
                path = f"GCPO_{name.upper()}"
                value = os.environ.get(path) or None
            if value is not None:
                values[name] = _READERS[name](path, value)
        return cls(**values)

    def with_golden_at(self, path: str) -> AdapterSettings:
        """The same, with the adapter's default for ``golden_field``."""
        return replace(self, golden_field=self.golden_field or path)

    @property
    def wants_golden(self) -> bool:
        """Whether the configuration lets golden answers take places."""
        return "gold" in self.config or self.has_estimator("gcpo_gold")

    @property
    def wants_prompts(self) -> bool:
        """Whether the configuration has a kernel that looks at prompts."""
        return "prompt_residual" in str(self.config).lower()

    def has_estimator(self, name: str) -> bool:
        """Whether the configuration names this estimator, which is in lower case."""
        written = str(self.config.get("estimator", "")).lower()
        return written.removeprefix("estimator_") == name

    def client(self) -> AdvantageClient:
        """The client of these settings, one for each process and each way to call.

        Raises:
            ValueError: no target, or a setting that cannot be used.
        """
        return _client(self.target or os.environ.get("GCPO_TARGET"), self.timeout, self.on_failure)


@functools.cache
def _client(target: str | None, timeout: float, on_failure: OnFailure) -> AdvantageClient:
    # Kept: a client for every step would connect for every step.
    return AdvantageClient(target, timeout=timeout, on_failure=on_failure)


def _text(path: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{path}: {value!r} (expected: text)")
    return value


def _mapping(path: str, value: object) -> Mapping[str, Any]:
    wrong: object = ""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as unreadable:
            wrong = f"; {unreadable}"
    if not isinstance(value, Mapping):
        raise ValueError(f"{path}: {value} (expected: a mapping, or a JSON object{wrong})")
    return value


def _seconds(path: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as wrong:
        raise ValueError(f"{path}: {value} (expected: seconds)") from wrong


def _flag(path: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("0", "1"):
        raise ValueError(f"{path}: {value} (expected: 0 or 1)")
    return value == "1"


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "target": _text,
    "config": _mapping,
    "timeout": _seconds,
    "on_failure": _text,
    "golden_field": _text,
    "prefetched": _flag,
}
