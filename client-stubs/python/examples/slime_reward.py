# SPDX-License-Identifier: Apache-2.0
"""A reward function for slime that has its responses embedded while others still generate.

Run, with GCPO_TARGET and GCPO_PREFETCHED=1 in the environment of the rollout manager::

    python3 train.py --custom-rm-path slime_reward.reward \
        --custom-reward-post-process-path gcpo_advantage.adapters.slime.advantages \
        --advantage-estimator grpo ...
"""

from __future__ import annotations

from typing import Any

from gcpo_advantage.adapters.slime import prefetching


@prefetching
async def reward(args: Any, sample: Any, **_: Any) -> float:  # noqa: ANN401
    """1 where the response ends with the label, otherwise 0."""
    return float(sample.response.rstrip(" .").endswith(sample.label))
