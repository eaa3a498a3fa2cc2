# SPDX-License-Identifier: Apache-2.0
"""prime-rl: the advantages of each group, as it is finished, from the service.

prime-rl 0.8 knows its algorithms by name only (``orchestrator.algo.type``), so this takes the place
of ``grpo`` in its table, in the orchestrator's process. Start the orchestrator by this module in
place of the command ``orchestrator``; trainer and inference start as always::

    export GCPO_TARGET=advantages:50051
    export GCPO_CONFIG='{"estimator": "gcpo_cooperative"}'
    python -m gcpo_advantage.adapters.prime_rl @ orchestrator.toml

Read, not run: prime-rl 0.8 with verifiers v1 (main of 2026-08-21, 559b4477 and a60a606e). For
prime-rl 0.4 to 0.6 see :mod:`gcpo_advantage.adapters.prime_rl_legacy`; 0.7 has neither seam.

* A rollout is a trainable trace without error; its text is all that the policy wrote in it,
  reasoning included. Partial groups are computed as they are.
* Each text is submitted as its episode ends, so that the group's call waits for the maths alone.
* A failed call raises its error out of ``score_group`` and ends the orchestrator, as prime-rl does
  with any error there; ``GCPO_ON_FAILURE`` (``local_grpo``, ``zero``) keeps it going, with a
  warning.
* Metrics go to ``trace.metrics`` of every trace of the group, which prime-rl averages.
* Golden answers, where the configuration asks for them, are ``answer`` of the task's data, or
  ``golden_field`` of it. A golden answer changes its group's advantages but is not trained on.
* ``length_penalty``, ``length_weighted_baseline`` and ``loss_aggregation`` of ``grpo`` are refused:
  the service knows nothing of them.
"""

from __future__ import annotations

import asyncio
import importlib
import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gcpo_advantage.adapters._contract import IncompatibleTrainerError, Seam, require
from gcpo_advantage.adapters._prefetching import prefetch
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, Step, compute_step
from gcpo_advantage.adapters._texts import golden_column, joined_text

_TESTED = "0.8 (read at 559b4477)"
_ALGORITHMS = "prime_rl.orchestrator.algo"
_GRPO = "grpo"
DEFAULT_GOLDEN_FIELD = "answer"

_SEAMS = (
    Seam(_ALGORITHMS, "build_algorithm", ("config",)),
    Seam(f"{_ALGORITHMS}.base", "Algorithm.score_episode", ("self", "episode")),
    Seam(f"{_ALGORITHMS}.base", "Algorithm.score_group", ("self", "episodes")),
    Seam(f"{_ALGORITHMS}.base", "iter_trainable_traces", ("episodes",)),
    Seam(f"{_ALGORITHMS}.routing", "assign_advantages", ("trace", "values")),
    Seam("verifiers.v1.trace", "Trace.record_metrics", ("self", "values")),
)

# What prime-rl's own grpo would do with its configuration, and what means that it does nothing.
_OWN_OPTIONS = {
    "length_penalty": None,
    "length_weighted_baseline": False,
    "loss_aggregation": "token",
}

Traces = Sequence[Any]
"""Traces of verifiers v1: ``nodes`` (``message``, ``mask``), ``rewards``, ``reward``, ``task``."""


def install(settings: AdapterSettings | None = None) -> type:
    """Puts the service in the place of ``grpo``; to be called before the orchestrator starts.

    Args:
        settings: None: from the environment, read when prime-rl makes the algorithm of an
            environment, so that variables set by its configuration count.

    Returns:
        The class that stands there now.

    Raises:
        IncompatibleTrainerError: prime-rl is not there, or not one that this fits.
    """
    require("prime-rl", _TESTED, _SEAMS)
    table = getattr(importlib.import_module(_ALGORITHMS), "ALGORITHM_CLASSES", None)
    if not isinstance(table, dict) or _GRPO not in table:
        raise IncompatibleTrainerError(
            f"{_ALGORITHMS}.ALGORITHM_CLASSES: {table!r} (expected: a dict with {_GRPO!r}, as in "
            f"prime-rl {_TESTED})"
        )
    replacement = _algorithm(table[_GRPO], settings)
    table[_GRPO] = replacement
    return replacement


def main() -> None:
    """Installs, then runs prime-rl's orchestrator with this command line."""
    install()
    try:
        entry = importlib.import_module("prime_rl.entrypoints.orchestrator")
    except ModuleNotFoundError:
        entry = importlib.import_module("prime_rl.orchestrator.orchestrator")
    entry.main()


def _algorithm(grpo: Any, settings: AdapterSettings | None) -> type:
    base = importlib.import_module(f"{_ALGORITHMS}.base")
    routing = importlib.import_module(f"{_ALGORITHMS}.routing")

    class AdvantageServiceAlgorithm(grpo):  # type: ignore[misc]
        """GRPO, with the service's advantages in place of reward minus mean."""

        def __init__(self, config: Any, *args: Any, **kwargs: Any) -> None:
            """Refuses what ``grpo`` would do and this would not, and finds its target."""
            for name, off in _OWN_OPTIONS.items():
                if getattr(config, name, off) != off:
                    raise ValueError(
                        f"algo.{name}: {getattr(config, name)!r} (expected: {off!r}, since the "
                        "advantages come from the advantage service)"
                    )
            super().__init__(config, *args, **kwargs)
            chosen = settings or AdapterSettings.read()
            chosen.client()  # here, and not after the first rollouts
            self._advantage_settings = replace(
                chosen.with_golden_at(DEFAULT_GOLDEN_FIELD), prefetched=True
            )

        async def score_episode(self, episode: Any) -> None:
            """Submits the episode's texts and returns at once."""
            await super().score_episode(episode)
            traces = [trace for _, trace in base.iter_trainable_traces([episode])]
            prefetch([_trace_text(trace) for trace in traces], self._advantage_settings)

        async def score_group(self, episodes: list[Any]) -> None:
            """Assigns each trainable trace of the group its advantage.

            Raises:
                AdvantageError: the call failed, and ``on_failure`` is ``raise``; then no trace has
                    been assigned anything.
            """
            traces = [trace for _, trace in base.iter_trainable_traces(episodes)]
            if not traces:
                return
            step = await asyncio.to_thread(_score, traces, self._advantage_settings)
            for trace, score in zip(traces, step.advantages.tolist(), strict=True):
                routing.assign_advantages(trace, score)
                trace.record_metrics(step.metrics)

    return AdvantageServiceAlgorithm


def _score(traces: Traces, settings: AdapterSettings) -> Step:
    return compute_step(
        Rows(
            rewards=[_reward(trace) for trace in traces],
            group_ids=[str(traces[0].id)] * len(traces),
            texts=[_trace_text(trace) for trace in traces],
            generated_tokens=[sum(sum(node.mask) for node in trace.nodes) for trace in traces],
            golden=golden_column(settings, (trace.task.data for trace in traces)),
            prompts=[_prompt(trace) for trace in traces] if settings.wants_prompts else None,
        ),
        settings,
    )


def _reward(trace: Any) -> float:
    """NaN where no scoring ran, which ``trace.reward`` takes for 0."""
    if trace.rewards and all(reward is None for reward in trace.rewards.values()):
        return math.nan
    return float(trace.reward)


def _trace_text(trace: Any) -> str:
    return joined_text(node.message for node in trace.nodes if any(node.mask))


def _prompt(trace: Any) -> str:
    given = itertools.takewhile(lambda node: not any(node.mask), trace.nodes)
    return joined_text(node.message for node in given)


if __name__ == "__main__":
    main()
