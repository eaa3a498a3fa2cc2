# SPDX-License-Identifier: Apache-2.0
"""prime-rl 0.4 to 0.6: an advantage function that its configuration names by its path.

::

    [orchestrator.advantage]
    type = "custom"
    import_path = "gcpo_advantage.adapters.prime_rl_legacy.advantages"
    kwargs = { target = "advantages:50051", config = { estimator = "gcpo_cooperative" } }

What ``kwargs`` leaves out comes from the environment. Read, not run: prime-rl 0.5.0.

* prime-rl calls it in its event loop, which waits; so nothing is submitted ahead.
* The text of a rollout is what the assistant wrote in ``completion``.
* Golden answers, where the configuration asks for them, are the rollouts' ``answer``, or
  ``golden_field``. A golden answer changes its group's advantages but is not trained on.
* Metrics go to ``metrics`` of every rollout, which prime-rl averages.
"""

from __future__ import annotations

import importlib
from typing import Any

from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, compute_step
from gcpo_advantage.adapters._texts import completion_text, golden_column, whole_text

_TESTED = "0.4 to 0.6"
DEFAULT_GOLDEN_FIELD = "answer"


def advantages(inputs: Any, **settings: Any) -> Any:
    """The advantages of one group; blocks until they are there.

    Args:
        inputs: prime-rl's ``AdvantageInputs``, with ``rollouts``: n rollouts of one problem.
        settings: fields of ``AdapterSettings``, over what the environment says.

    Returns:
        prime-rl's ``AdvantageOutputs`` with ``advantages`` [n].

    Raises:
        IncompatibleTrainerError: the prime-rl that calls gives rewards alone, or all groups at
            once.
        AdvantageError: the call failed, and ``on_failure`` is ``raise``.
        ValueError: a setting that there is not.
    """
    outputs = getattr(importlib.import_module(type(inputs).__module__), "AdvantageOutputs", None)
    rollouts = getattr(inputs, "rollouts", None)
    if outputs is None or rollouts is None or any(isinstance(each, list) for each in rollouts):
        raise IncompatibleTrainerError(
            f"inputs: {inputs!r:.200} (expected: rollouts of one group, as in prime-rl {_TESTED})"
        )
    if not rollouts:
        return outputs(advantages=[])
    chosen = AdapterSettings.read(settings).with_golden_at(DEFAULT_GOLDEN_FIELD)
    step = compute_step(
        Rows(
            rewards=[rollout.get("reward") for rollout in rollouts],
            group_ids=[str(rollouts[0].get("example_id", "group"))] * len(rollouts),
            texts=[completion_text(rollout.get("completion") or "") for rollout in rollouts],
            golden=golden_column(chosen, rollouts),
            prompts=(
                [whole_text("prompt", rollout.get("prompt") or "") for rollout in rollouts]
                if chosen.wants_prompts
                else None
            ),
        ),
        chosen,
    )
    for rollout in rollouts:
        rollout["metrics"] = {**(rollout.get("metrics") or {}), **step.metrics}
    return outputs(advantages=step.advantages.tolist())
