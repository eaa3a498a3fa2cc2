# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

from verl.protocol import DataProto


def compute_data_metrics(batch: DataProto, use_critic: bool = True) -> dict[str, Any]:
    return {"critic/advantages/max": float(batch.batch["advantages"].max())}
