# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Experience:
    """Tensors: sequences [B, T], right-padded; of the T - 1 actions action_mask and kl."""

    sequences: Any = None
    attention_mask: Any = None
    action_mask: Any = None
    returns: Any = None
    advantages: Any = None
    kl: Any = None
    rewards: Any = None
    index: list[int] | None = None
    prompts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    info: dict[str, Any] = field(default_factory=dict)
