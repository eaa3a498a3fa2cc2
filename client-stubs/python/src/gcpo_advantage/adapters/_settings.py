# SPDX-License-Identifier: Apache-2.0
"""How an adapter calls the service: from its trainer's configuration or from the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from gcpo_advantage._settings import OnFailure
from gcpo_advantage.client import AdvantageClient


@dataclass(frozen=True)
class AdapterSettings:
    """Settings of an adapter. Picklable.

    Attributes:
        target: ``host:port``; None: ``GCPO_TARGET``.
        config: of the advantages, for example ``{"estimator": "gcpo_cooperative"}``; empty: the
            server's defaults.
        timeout: seconds a step may wait, retries included.
        on_failure: what becomes of a step that has no answer: ``raise``, ``local_grpo`` or
            ``zero``.
    """

    target: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)
    timeout: float = 60.0
    on_failure: OnFailure = "raise"

    @classmethod
    def from_environment(cls) -> AdapterSettings:
        """From ``GCPO_TARGET``, ``GCPO_CONFIG`` (JSON), ``GCPO_TIMEOUT`` and ``GCPO_ON_FAILURE``.

        Raises:
            ValueError: a value that cannot be read.
        """
        return cls(
            target=os.environ.get("GCPO_TARGET"),
            config=_object("GCPO_CONFIG"),
            timeout=_number("GCPO_TIMEOUT", cls.timeout),
            on_failure=cast("OnFailure", os.environ.get("GCPO_ON_FAILURE", cls.on_failure)),
        )

    def client(self) -> AdvantageClient:
        """A client with these settings; it connects at its first call."""
        return AdvantageClient(self.target, timeout=self.timeout, on_failure=self.on_failure)


def _object(name: str) -> dict[str, Any]:
    text = os.environ.get(name, "{}")
    try:
        value = json.loads(text)
    except ValueError as wrong:
        raise ValueError(f"{name}: {text} (expected: a JSON object; {wrong})") from wrong
    if not isinstance(value, dict):
        raise ValueError(f"{name}: {text} (expected: a JSON object)")
    return value


def _number(name: str, default: float) -> float:
    text = os.environ.get(name)
    try:
        return default if text is None else float(text)
    except ValueError as wrong:
        raise ValueError(f"{name}: {text} (expected: seconds)") from wrong
