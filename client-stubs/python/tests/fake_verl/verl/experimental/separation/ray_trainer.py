# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

from verl.protocol import DataProto
from verl.trainer.ppo.metric_utils import compute_data_metrics
from verl.trainer.ppo.ray_trainer import RayPPOTrainer, compute_advantage


class FullyAsyncTrainer(RayPPOTrainer):
    """As in verl, its constructor does not call the one above."""

    def __init__(self, config: Any, tokenizer: Any) -> None:  # noqa: ANN401
        self.tokenizer = tokenizer
        self.config = config
        self.metrics: dict[str, Any] = {}

    def fit_step(self, batch: DataProto) -> DataProto:
        batch.batch["token_level_rewards"] = batch.batch["token_level_scores"]
        batch = compute_advantage(
            batch,
            adv_estimator=self.config.algorithm.adv_estimator,
            config=self.config.algorithm,
        )
        self.metrics.update(compute_data_metrics(batch=batch))
        return batch
