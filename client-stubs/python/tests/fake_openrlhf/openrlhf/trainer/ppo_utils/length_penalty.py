# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

from openrlhf.trainer.ppo_utils.experience import Experience


def apply_length_penalties(experiences: list[Experience], args: Any) -> None:  # noqa: ANN401
    """Only one of them: what is said to be truncated has its reward scaled."""
    coefficient = getattr(getattr(args, "reward", None), "stop_properly_penalty_coef", None)
    for experience in experiences if coefficient is not None else ():
        experience.rewards[experience.info["truncated"]] *= coefficient
