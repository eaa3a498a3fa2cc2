# SPDX-License-Identifier: Apache-2.0
"""What a run of steps took."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from gcpo_advantage.cli._bench_data import Shape
from gcpo_advantage.cli._bench_server import Times

_QUANTILES = {"p50": 50, "p90": 90, "p99": 99, "max": 100}


class Report:
    """Collects the steps and says what they come to; times in seconds."""

    def __init__(self, shape: Shape) -> None:
        """Starts without a step."""
        self._shape = shape
        self._steps: list[float] = []
        self._busy: list[float] = []
        self._bare: list[Times] = []
        self._submitted: list[float] = []

    def add(self, step: float, busy: float, bare: Times, submitted: float) -> None:
        """Adds a step.

        Args:
            step: what ``compute`` took.
            busy: processor time of this process in it, of all threads.
            bare: of the bare call after it.
            submitted: what the submission before it took.
        """
        self._steps.append(step)
        self._busy.append(busy)
        self._bare.append(bare)
        self._submitted.append(submitted)

    def to_json(self) -> dict[str, Any]:
        """All figures; those of ``split`` are medians.

        ``client_cpu`` is measured in the steps themselves, the rest in the bare calls between them,
        which are as large but not the same: the parts need not add up to a step. What gRPC works in
        this process while it sends and receives is in ``client_cpu`` and in ``transport``.
        """
        rollouts = self._shape.groups * self._shape.rollouts
        figures: dict[str, Any] = {
            "shape": dataclasses.asdict(self._shape),
            "steps": len(self._steps),
            "step": {name: _quantile(self._steps, q) for name, q in _QUANTILES.items()},
            "rollouts_per_second": rollouts * len(self._steps) / sum(self._steps),
            "split": {
                "client_cpu": _quantile(self._busy, 50),
                "transport": _quantile(
                    [bare.call - bare.embedding - bare.advantages for bare in self._bare], 50
                ),
                "server_embedding": _quantile([bare.embedding for bare in self._bare], 50),
                "server_advantages": _quantile([bare.advantages for bare in self._bare], 50),
            },
        }
        if self._shape.prefetch:
            figures["submit_p50"] = _quantile(self._submitted, 50)
        return figures

    def lines(self) -> list[str]:
        """For people."""
        figures = self.to_json()
        step, split = figures["step"], figures["split"]
        quantiles = "  ".join(f"{name} {_time(value)}" for name, value in step.items())
        lines = [
            f"{self._shape}; {figures['steps']} steps",
            f"step        {quantiles}",
            f"rollouts/s  {figures['rollouts_per_second']:,.0f}",
            f"client      {_time(split['client_cpu'])}  processor time: build, validate, read",
            f"transport   {_time(split['transport'])}  send, receive, the server's reading",
            f"server      {_time(split['server_embedding'])} embedding,"
            f" {_time(split['server_advantages'])} advantages, by its own clock",
        ]
        if "submit_p50" in figures:
            lines.append(f"submit      {_time(figures['submit_p50'])}  ahead of the step")
        return lines


def _quantile(values: list[float], percent: float) -> float:
    return float(np.percentile(values, percent))


def _time(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
