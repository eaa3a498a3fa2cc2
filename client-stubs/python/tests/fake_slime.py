# SPDX-License-Identifier: Apache-2.0
"""slime as far as the adapter touches it, written after slime 0.3.1 (commit 624b824a; the rollout
manager as in a51f0714, Sample as in 0d234f3e with the later rollout_id).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Sample:
    group_index: int | None = None
    index: int | None = None
    rollout_id: int | None = None
    prompt: str | list[dict[str, str]] = ""
    tokens: list[int] = field(default_factory=list)
    response: str = ""
    response_length: int = 0
    label: str | None = None
    reward: float | dict[str, Any] | None = None
    loss_mask: list[int] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


def arguments(**changed: Any) -> Namespace:  # noqa: ANN401
    """slime's defaults."""
    defaults = {
        "advantage_estimator": "grpo",
        "normalize_advantages": False,
        "rewards_normalization": True,
        "reward_key": None,
    }
    return Namespace(**{**defaults, **changed})


def converted(
    args: Namespace,
    samples: list[Sample],
    post_process: Callable[[Namespace, list[Sample]], tuple[list[float], list[float]]],
) -> dict[str, list[Any]]:
    """As the rollout manager makes train data of samples; then grpo's tokens of a row's reward."""
    raw_rewards, rewards = post_process(args, samples)
    assert len(raw_rewards) == len(samples)
    assert len(rewards) == len(samples)
    return {
        "raw_reward": raw_rewards,
        "rewards": rewards,
        "advantages": [
            [reward] * sample.response_length
            for reward, sample in zip(rewards, samples, strict=True)
        ],
    }
