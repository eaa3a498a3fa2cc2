# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

from verl.protocol import DataProto
from verl.trainer.ppo import core_algos
from verl.trainer.ppo.core_algos import AdvantageEstimator
from verl.trainer.ppo.metric_utils import compute_data_metrics


def compute_advantage(
    data: DataProto,
    adv_estimator: AdvantageEstimator,
    gamma: float = 1.0,
    lam: float = 1.0,
    num_repeat: int = 1,
    norm_adv_by_std_in_grpo: bool = True,
    config: Any = None,  # noqa: ANN401
) -> DataProto:
    if "response_mask" not in data.batch:
        width = data.batch["responses"].size(1)
        data.batch["response_mask"] = data.batch["attention_mask"][:, -width:]
    given = {
        "token_level_rewards": data.batch["token_level_rewards"],
        "response_mask": data.batch["response_mask"],
        "config": config,
    }
    if "uid" in data.non_tensor_batch:
        given["index"] = data.non_tensor_batch["uid"]
    advantages, returns = core_algos.get_adv_estimator_fn(adv_estimator)(**given)
    data.batch["advantages"] = advantages
    data.batch["returns"] = returns
    return data


class RayPPOTrainer:
    def __init__(self, config: Any, tokenizer: Any, processor: Any = None) -> None:  # noqa: ANN401
        self.tokenizer = tokenizer
        self.config = config

    def fit(self, batch: DataProto) -> dict[str, Any]:
        """One step; returns what would be logged."""
        metrics: dict[str, Any] = {}
        batch.batch["token_level_rewards"] = batch.batch["token_level_scores"]
        batch = compute_advantage(
            batch,
            adv_estimator=self.config.algorithm.adv_estimator,
            num_repeat=self.config.actor_rollout_ref.rollout.n,
            config=self.config.algorithm,
        )
        metrics.update(compute_data_metrics(batch=batch, use_critic=False))
        return metrics
