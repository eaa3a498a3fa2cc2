# SPDX-License-Identifier: Apache-2.0
"""prime-rl 0.4 to 0.6: an advantage function that its configuration names by its path.

::

    [orchestrator.advantage]
    type = "custom"
    import_path = "gcpo_advantage.adapters.prime_rl_legacy.advantages"
    kwargs = { target = "advantages:50051", config = { estimator = "gcpo_cooperative" } }

What ``kwargs`` leaves out comes from the environment. Read, not run: prime-rl 0.5.0.

* prime-rl calls it in its event loop, which waits; so nothing is submitted ahead.
* The text of a rollout is what the assistant wrote in ``completion``; its golden answer (``gold``
  in the configuration) is ``answer``. Golden answers change advantages; they cannot be trained on
  from here.
* Metrics go to ``metrics`` of every rollout, which prime-rl averages.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from functools import cache
from typing import Any

from gcpo_advantage.adapters._chat_text import field, joined_text
from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters._scorer import Scorer, metrics
from gcpo_advantage.adapters._settings import AdapterSettings

_TESTED = "0.4 to 0.6"


def advantages(inputs: Any, **settings: Any) -> Any:  # noqa: ANN401
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
        TypeError: a setting that there is not.
    """
    outputs = getattr(importlib.import_module(type(inputs).__module__), "AdvantageOutputs", None)
    rollouts = getattr(inputs, "rollouts", None)
    if outputs is None or rollouts is None or any(isinstance(each, list) for each in rollouts):
        raise IncompatibleTrainerError(
            f"inputs: {inputs!r:.200} (expected: rollouts of one group, as in prime-rl {_TESTED})"
        )
    if not rollouts:
        return outputs(advantages=[])
    first = rollouts[0]
    group = str(first.get("example_id", "group"))
    answer = first.get("answer")
    result = _scorer(json.dumps(settings, sort_keys=True)).compute(
        [rollout.get("reward") for rollout in rollouts],
        [group] * len(rollouts),
        [_written(rollout.get("completion")) for rollout in rollouts],
        golden={group: None if answer is None else str(answer)},
        prompts={group: _text(first.get("prompt")) or None},
    )
    logged = metrics(result)
    for rollout in rollouts:
        rollout["metrics"] = {**(rollout.get("metrics") or {}), **logged}
    return outputs(advantages=result.advantages.tolist())


def _written(completion: Any) -> str:  # noqa: ANN401
    if isinstance(completion, str):
        return completion
    return joined_text(
        message for message in completion or () if field(message, "role") == "assistant"
    )


def _text(prompt: Any) -> str:  # noqa: ANN401
    return prompt if isinstance(prompt, str) else joined_text(prompt or ())


@cache
def _scorer(settings: str) -> Scorer:
    """One for each way it is configured: its connections outlive a call."""
    made = replace(AdapterSettings.from_environment(), **json.loads(settings))
    return Scorer(made, "the rollouts' `answer`")
