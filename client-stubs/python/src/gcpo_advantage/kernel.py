# SPDX-License-Identifier: Apache-2.0
"""How similar the rollouts of a group were, and a temperature that follows it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gcpo_advantage._fields import optional_fields
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2

if TYPE_CHECKING:
    from gcpo_advantage.results import GroupResult

_MIN_TEMPERATURE = 0.01


@dataclass(frozen=True)
class KernelReport:
    """How similar a group's rollouts were and how that was scaled.

    Attributes:
        median_similarity: over the pairs of correct rollouts, before the temperature, in [-1, 1];
            None where fewer than two are correct.
        temperature: that was applied, > 0; None where none was.
    """

    median_similarity: float | None
    temperature: float | None

    @classmethod
    def from_message(cls, message: result_pb2.KernelReport) -> KernelReport:
        """Reads the message."""
        return cls(**optional_fields(message, ("median_similarity", "temperature")))


class MedianTemperature:
    """A kernel temperature that follows the similarity of correct rollouts. Not thread-safe.

    It keeps an exponential moving average of the groups' median similarities, one step for each
    ``update``, and gives the temperature at which the average becomes 1/2: (1 - average) / ln 2, at
    least 0.01. Medians are of one kernel before its temperature: keep the kernel.

        temperature = MedianTemperature()
        while training:
            results = client.compute(groups, config={"kernel": "math", **temperature.config()})
            temperature.update(results)

    Attributes:
        average: the moving average, in [-1, 1]; None before the first median.
    """

    def __init__(self, decay: float = 0.9) -> None:
        """Starts without an average.

        Args:
            decay: weight of the past in each step, in [0, 1).

        Raises:
            ValueError: a decay out of its range.
        """
        if not 0 <= decay < 1:
            raise ValueError(f"decay: {decay} (expected: in [0, 1))")
        self._decay = decay
        self.average: float | None = None

    def update(self, results: Iterable[GroupResult]) -> None:
        """Takes in the mean of the medians; a group that failed or has none does not count."""
        reports = [result.kernel for result in results if result.error is None]
        medians = [
            report.median_similarity
            for report in reports
            if report is not None and report.median_similarity is not None
        ]
        if not medians:
            return
        mean = math.fsum(medians) / len(medians)
        past = mean if self.average is None else self.average
        self.average = self._decay * past + (1 - self._decay) * mean

    @property
    def temperature(self) -> float | None:
        """The temperature for the next call; None before the first median."""
        if self.average is None:
            return None
        return max(_MIN_TEMPERATURE, (1 - self.average) / math.log(2))

    def config(self) -> dict[str, float]:
        """What to add to the configuration of the next call; nothing before the first median."""
        temperature = self.temperature
        return {} if temperature is None else {"kernel_temperature": temperature}
