# SPDX-License-Identifier: Apache-2.0
"""A reward function for verl that has its texts embedded while other rollouts still generate.

Run, with GCPO_TARGET in the environment of the reward workers::

    python3 -m verl.trainer.main_ppo \
        reward.custom_reward_function.path=verl_reward.py \
        reward.custom_reward_function.name=compute_score \
        algorithm.adv_estimator=gcpo_remote \
        +algorithm.gcpo.target=advantages:50051 \
        +algorithm.gcpo.config.estimator=gcpo_cooperative \
        +algorithm.gcpo.prefetched=true ...

Older versions of verl have the first two without ``reward.``.
"""

from __future__ import annotations

from typing import Any

from gcpo_advantage.adapters.verl import prefetching


@prefetching
def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: str,
    extra_info: dict[str, Any] | None = None,
    **_: Any,  # noqa: ANN401
) -> float:
    """1 where the response ends with the right number, otherwise 0."""
    words = solution_str.replace(",", "").rstrip(" .").split()
    return float(bool(words) and words[-1] == ground_truth)
