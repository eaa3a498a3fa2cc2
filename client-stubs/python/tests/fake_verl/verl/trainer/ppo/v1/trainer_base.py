# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import numpy as np

from verl.protocol import DataProto
from verl.trainer.ppo.v1 import transfer_queue as tq
from verl.trainer.ppo.v1.transfer_queue import KVBatchMeta
from verl.trainer.ppo.v1.utils import compute_advantage_for_multi_trajectories


class PPOTrainer:
    def __init__(self, config: Any) -> None:  # noqa: ANN401
        self.config = config
        self.tokenizer: Any = None

    def _compute_advantage(self, batch: KVBatchMeta, metrics: dict[str, Any]) -> KVBatchMeta:
        """Fetches no responses."""
        fields = ["uid", "response_mask", "rm_scores"]
        found = tq.kv_batch_get(
            keys=batch.keys, partition_id=batch.partition_id, select_fields=fields
        )
        lengths = [len(row) for row in found["response_mask"].unbind()]
        padded = {name: found[name].to_padded_tensor(0) for name in ("response_mask", "rm_scores")}
        data = DataProto(batch={**padded, "token_level_rewards": padded["rm_scores"]})
        data.non_tensor_batch["uid"] = np.array(found["uid"], dtype=object)
        data = compute_advantage_for_multi_trajectories(
            data,
            batch_keys=batch.keys,
            adv_estimator=self.config.algorithm.adv_estimator,
            config=self.config.algorithm,
        )
        output = {
            name: [row[:n] for row, n in zip(data.batch[name], lengths, strict=True)]
            for name in ("advantages", "returns")
        }
        tq.kv_batch_put(keys=batch.keys, partition_id=batch.partition_id, fields=output)
        return batch
