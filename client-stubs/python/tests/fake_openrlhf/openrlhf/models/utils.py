# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import torch


def compute_reward(
    r: torch.Tensor,
    kl_coef: float,
    kl: torch.Tensor,
    action_mask: Any = None,  # noqa: ANN401
    reward_clip_range: tuple[float, float] | None = None,
) -> torch.Tensor:
    """The reward at a row's last action, less the KL everywhere."""
    if reward_clip_range:
        r = r.clamp(*reward_clip_range)
    rewards = -max(kl_coef, 0.0) * kl
    for row, mask in enumerate(action_mask):
        acted = mask.nonzero()
        rewards[row, int(acted[-1]) if len(acted) else -1] += r[row]
    return rewards
