# SPDX-License-Identifier: Apache-2.0
"""What is sent: groups of rollouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage._config import Config, to_message
from gcpo_advantage._generated.gcpo.advantage.v1 import rollout_pb2

Rewards = Sequence["float | None"] | npt.NDArray[Any]
"""Rewards [n]; None and NaN both mean that the rollout could not be scored."""


@dataclass(frozen=True, eq=False)
class RolloutGroup:
    """The rollouts of one prompt, n of them, with their rewards.

    Attributes:
        group_id: names the group; unique in one call. 1 to 256 characters.
        texts: [n] the solutions as their reader sees them. None where embeddings are given.
        rewards: [n] the verifier's rewards, finite; above 0 counts as correct. None or NaN: the
            rollout could not be scored; it gets ``included`` False, advantage 0, and enters no
            mean.
        embeddings: [n, d] float32, in place of texts; a row of zeros is similar to nothing.
        prompt: the prompt.
        golden_answer: a reference solution.
        rollout_ids: [n] echoed ids; each at most 256 characters.
        config: overrides the call's configuration for this group, field by field.
    """

    group_id: str
    texts: Sequence[str] | None = None
    rewards: Rewards = ()
    embeddings: npt.NDArray[Any] | None = field(default=None, repr=False, kw_only=True)
    prompt: str | None = field(default=None, repr=False, kw_only=True)
    golden_answer: str | None = field(default=None, repr=False, kw_only=True)
    rollout_ids: Sequence[str] | None = field(default=None, kw_only=True)
    config: Config = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Checks that everything has one entry a rollout.

        Raises:
            ValueError: lengths or shapes that do not fit together.
        """
        if (self.texts is None) == (self.embeddings is None):
            raise ValueError(f"group {self.group_id}: texts and embeddings (expected: one of them)")
        if isinstance(self.texts, str):
            raise ValueError(f"group {self.group_id}: texts is a str (expected: a sequence of str)")
        if self.embeddings is not None and np.ndim(self.embeddings) != 2:
            raise ValueError(
                f"group {self.group_id}: embeddings of shape {np.shape(self.embeddings)}"
                " (expected: [n, d])"
            )
        if np.asarray(self.rewards).ndim != 1:
            raise ValueError(
                f"group {self.group_id}: rewards of shape {np.asarray(self.rewards).shape}"
                " (expected: [n])"
            )
        for name in ("rewards", "rollout_ids"):
            values = getattr(self, name)
            if values is not None and len(values) != len(self):
                raise ValueError(
                    f"group {self.group_id}: {len(values)} {name} (expected: {len(self)})"
                )

    def __len__(self) -> int:
        """The number of rollouts, n."""
        rows = self.texts if self.embeddings is None else self.embeddings
        return 0 if rows is None else len(rows)

    def to_message(self) -> rollout_pb2.RolloutGroup:
        """The message that is sent.

        Raises:
            ValueError: a text that has no UTF-8 form, or a bad configuration.
        """
        message = rollout_pb2.RolloutGroup(
            group_id=self.group_id, prompt=self.prompt, golden_answer=self.golden_answer
        )
        if self.config is not None:
            message.config.CopyFrom(to_message(self.config))
        rewards = np.asarray(self.rewards, dtype=np.float64).tolist()
        add = message.rollouts.add
        if self.embeddings is not None:
            rows = np.ascontiguousarray(self.embeddings, dtype="<f4")
            for row, reward in zip(rows, rewards, strict=True):
                add(embedding_f32_le=row.tobytes(), reward=_or_none(reward))
        for i, text in enumerate(self.texts or ()):
            try:
                add(text=text, reward=_or_none(rewards[i]))
            except ValueError as wrong:
                raise ValueError(
                    f"group {self.group_id}: texts[{i}] (expected: text with a UTF-8 form)"
                ) from wrong
        if self.rollout_ids is not None:
            for rollout, rollout_id in zip(message.rollouts, self.rollout_ids, strict=True):
                rollout.rollout_id = rollout_id
        return message


def _or_none(reward: float) -> float | None:
    return None if reward != reward else reward
