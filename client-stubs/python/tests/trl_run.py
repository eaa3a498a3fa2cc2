# SPDX-License-Identifier: Apache-2.0
"""Runs ``trl_training.py`` as processes of its own and reads what they wrote."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gcpo_advantage import AdvantageClient
from gcpo_advantage.flat import FlatResult

_SECONDS = 240


@dataclass
class Training:
    """A run that has begun."""

    folder: Path
    ranks: int
    process: subprocess.Popen[bytes]

    def reports(self) -> list[dict[str, Any]]:
        """What each rank wrote, once all have ended; fails with their output where one did not."""
        try:
            code = self.process.wait(_SECONDS)
        finally:
            self.process.kill()
        log = (self.folder / "log").read_text(errors="replace")
        assert code == 0, log[-6000:]
        files = [self.folder / f"rank{rank}.json" for rank in range(self.ranks)]
        return [json.loads(file.read_text()) for file in files]


def start(folder: Path, ranks: int = 1, **options: Any) -> Training:
    file = folder / "options.json"
    file.write_text(json.dumps({"folder": str(folder), "steps": 3, **options}))
    launcher = [
        *("-m", "torch.distributed.run", "--nproc-per-node", str(ranks)),
        *("--rdzv-backend", "c10d", "--rdzv-endpoint", "127.0.0.1:0"),
    ]
    script = str(Path(__file__).parent / "trl_training.py")
    command = [sys.executable, *(launcher if ranks > 1 else ()), script, str(file)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    return Training(folder, ranks, process)


def direct(
    client: AdvantageClient,
    config: dict[str, Any],
    reports: list[dict[str, Any]],
    step: int,
    group_size: int,
) -> FlatResult:
    """What the client gives for one step's texts and rewards, in the order of all ranks."""

    def column(name: str) -> list[Any]:
        return [value for report in reports for value in report["seen"][step][name]]

    groups = [f"prompt {row // group_size}" for row in range(len(column("texts")))]
    return client.compute_flat(
        [total(row) for row in reports[0]["seen"][step]["rewards"]],
        groups,
        column("texts"),
        generated_tokens=column("tokens"),
        golden=column("golden") if "gold" in config else None,
        config=config,
    )


def total(row: list[float]) -> float | None:
    """The weights of ``trl_training.py``: 1 and 0.5; NaN where a function gave None."""
    parts = [weight * r for weight, r in zip((1.0, 0.5), row, strict=True) if not math.isnan(r)]
    return sum(parts) if parts else None
