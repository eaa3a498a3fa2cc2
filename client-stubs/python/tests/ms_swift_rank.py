# SPDX-License-Identifier: Apache-2.0
"""One rank of a run with the adapter: steps in by JSON, what came of them out by JSON.

Arguments: a file with a list of ``{"target", "config", "size", "dynamic", "ranks": [[sample, ...],
...]}``, each sample the fields of a ``GRPOSample``; and the file to write a list to. The
environment names the rank as ``torchrun`` does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch
from fake_ms_swift import GRPOSample, GRPOTrainer

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters.ms_swift import AdvantageServiceMixin


class Trainer(AdvantageServiceMixin, GRPOTrainer):
    pass


def step(task: dict[str, Any]) -> dict[str, Any]:
    Trainer.advantage_settings = AdapterSettings(
        target=task["target"], config=task["config"], timeout=20
    )
    trainer = Trainer(num_generations=task["size"], weights=[1.0])
    trainer.dynamic_num_samples = task["dynamic"]
    samples = [GRPOSample(**each) for each in task["ranks"][trainer.accelerator.process_index]]
    try:
        advantages = trainer.step(samples).tolist()
    except Exception as failure:
        return {"error": type(failure).__name__, "message": str(failure)}
    return {
        "advantages": advantages,
        "own": [each.advantages.item() for each in samples],
        "metrics": trainer._metrics["train"],
    }


if __name__ == "__main__":
    tasks = json.loads(Path(sys.argv[1]).read_text())
    Path(sys.argv[2]).write_text(json.dumps([step(task) for task in tasks]))
    torch.distributed.destroy_process_group()
