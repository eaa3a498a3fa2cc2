# SPDX-License-Identifier: Apache-2.0
"""Synthetic groups: as many and as large as asked for, no two texts alike, the same in each run."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from gcpo_advantage.groups import RolloutGroup

_POOL_BYTES = 1 << 20
_WORDS = (
    *("so", "the", "sum", "of", "both", "sides", "is", "then", "we", "add", "two", "and", "get"),
    *("which", "gives", "x", "=", "12", "hence", "half", "that", "much", "total", "each", "day"),
)


@dataclass(frozen=True)
class Shape:
    """What a step consists of.

    Attributes:
        groups: groups of a step.
        rollouts: rollouts of a group.
        text_bytes: of each rollout's text.
        dimension: of the embeddings that are sent; 0: texts are sent, or their hashes.
        prefetch: whether texts are submitted before and hashes sent.
    """

    groups: int
    rollouts: int
    text_bytes: int
    dimension: int
    prefetch: bool

    def __str__(self) -> str:
        """For people."""
        size = f"{self.groups} groups of {self.rollouts} rollouts"
        if not self.dimension:
            how = ", submitted ahead" if self.prefetch else ""
            return f"{size}, texts of {self.text_bytes} bytes{how}"
        texts = f" and kernel texts of {self.text_bytes} bytes" if self.text_bytes else ""
        return f"{size}, embeddings of {self.dimension} numbers{texts}"


class Data:
    """Makes the groups of one step after the other."""

    def __init__(self, shape: Shape) -> None:
        """Seeds what is random."""
        self._shape = shape
        self._random = random.Random(0)
        self._numbers = np.random.default_rng(0)
        self._pool = ""
        if shape.text_bytes:
            wanted = max(_POOL_BYTES, 2 * shape.text_bytes) // 4
            self._pool = " ".join(self._random.choices(_WORDS, k=wanted))
        self._made = 0

    def texts(self) -> list[list[str]]:
        """The texts of one step, by group; new ones each time."""
        shape = self._shape
        return [[self._text() for _ in range(shape.rollouts)] for _ in range(shape.groups)]

    def groups(self, texts: list[list[str]]) -> list[RolloutGroup]:
        """The groups of one step, of these texts."""
        return [self._group(f"group-{i}", of_group) for i, of_group in enumerate(texts)]

    def _group(self, name: str, texts: list[str]) -> RolloutGroup:
        # Half of the rollouts are correct, as in a group that trains much.
        rewards = [float(i % 2) for i in range(len(texts))]
        if self._shape.dimension:
            size = (len(texts), self._shape.dimension)
            return RolloutGroup(
                name,
                rewards=rewards,
                embeddings=self._numbers.standard_normal(size, dtype=np.float32),
                kernel_texts=texts if self._shape.text_bytes else None,
            )
        return RolloutGroup(name, texts, rewards)

    def _text(self) -> str:
        self._made += 1
        size = self._shape.text_bytes
        start = self._random.randrange(max(1, len(self._pool) - size))
        return f"{self._made:012d} {self._pool[start : start + size]}"[:size]
