# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

from verl.protocol import DataProto
from verl.trainer.ppo.ray_trainer import compute_advantage


def compute_advantage_for_multi_trajectories(
    data: DataProto,
    batch_keys: list[str],
    adv_estimator: Any,  # noqa: ANN401
    config: Any = None,  # noqa: ANN401
    **_: Any,  # noqa: ANN401
) -> DataProto:
    """Only grpo is given one row of each session there; every other estimator gets all rows."""
    return compute_advantage(data, adv_estimator=adv_estimator, config=config)
