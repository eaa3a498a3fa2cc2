# SPDX-License-Identifier: Apache-2.0
"""slime: a function for ``--custom-reward-post-process-path``.

Install the client where slime's rollout manager runs. Then::

    --custom-reward-post-process-path gcpo_advantage.adapters.slime.advantages
    --advantage-estimator grpo          # or gspo, cispo: they hand on what they are given

Settings come from the environment of the rollout manager (``GCPO_TARGET``, ``GCPO_CONFIG`` as
JSON, ``GCPO_TIMEOUT``, ``GCPO_ON_FAILURE``, ``GCPO_GOLDEN_FIELD``, ``GCPO_PREFETCHED``, and
``GCPO_TOKEN``), or from a mapping ``gcpo`` in the file of ``--custom-config-path``::

    gcpo:
      target: advantages:50051
      config: {estimator: gcpo_cooperative}

Seam: slime calls the function with the whole rollout batch and broadcasts what it returns as
rewards to the tokens, unchanged. So they are the advantages, unless ``--normalize-advantages``
whitens them: that raises here. Nothing is patched. Read: slime 0.3.1 (commit 624b824a; ``Sample``
and the rollout manager also at 0d234f3e, a51f0714, 002fa9d6); run against a fake of it.

Samples of one ``rollout_id`` are one rollout: its last sample has its text and reward. Metrics are
logged, and put into the ``metadata`` of every sample under ``advantage_service``: slime has no
place to return them to, as it logs a rollout before it asks for rewards.

Texts can be embedded while other rollouts are still being generated: decorate the function of
``--custom-rm-path`` with :func:`prefetching` and set ``GCPO_PREFETCHED=1``.

Golden answers, where the configuration asks for them, are ``label``, or ``golden_field``, for
example ``metadata.solution``.

Limits: a golden answer changes its group's advantages but is not trained on.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gcpo_advantage.adapters import _prefetching
from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters._prefetching import Reward
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import METRIC_PREFIX, Rows, compute_step
from gcpo_advantage.adapters._texts import golden_column, whole_text

__all__ = ["advantages", "prefetching"]

TESTED = "0.3.1"
DEFAULT_GOLDEN_FIELD = "label"
PASSED_ON = ("grpo", "gspo", "cispo")
"""Values of ``--advantage-estimator`` that broadcast a sample's reward to its tokens."""

_log = logging.getLogger(__name__)


def advantages(args: Any, samples: Sequence[Any]) -> tuple[list[float], list[float]]:
    """The function of ``--custom-reward-post-process-path``.

    Args:
        args: slime's.
        samples: [N] the whole rollout batch, flat; a reward that is None or NaN is none.

    Returns:
        [N] the rewards as they were, NaN where there is none, and [N] the advantages.

    Raises:
        ValueError: arguments of slime with which the numbers would not be the advantages, or a
            sample without a group.
        IncompatibleTrainerError: samples that are not as in the versions that were read.
        AdvantageError: the call failed and the settings do not say what to do then.
    """
    _require_passed_on(args)
    settings = AdapterSettings.read(_given(args)).with_golden_at(DEFAULT_GOLDEN_FIELD)
    rows = _rows(args, samples, settings)
    step = compute_step(rows, settings)
    for sample in samples:
        sample.metadata = {**(sample.metadata or {}), "advantage_service": _plain(step.metrics)}
    _log.info("%s", step.metrics)
    return np.asarray(rows.rewards).tolist(), step.advantages.tolist()


def prefetching(reward: Reward) -> Reward:
    """Decorates the function of ``--custom-rm-path``: responses are sent as they are finished.

    For ``fn(args, sample)`` and, with ``--group-rm``, ``fn(args, samples)``, sync or async.
    """
    return _prefetching.prefetching(reward, _responses, lambda args, *_, **__: _given(args))


def _given(args: Any) -> Mapping[str, Any] | None:
    given: Mapping[str, Any] | None = getattr(args, "gcpo", None)
    return given


def _responses(_args: Any, samples: Any, **_: Any) -> list[str]:
    return [each.response for each in (samples if isinstance(samples, list) else [samples])]


def _require_passed_on(args: Any) -> None:
    estimator = getattr(args, "advantage_estimator", None)
    if estimator not in PASSED_ON:
        raise ValueError(
            f"--advantage-estimator: {estimator} (expected: {', '.join(PASSED_ON)};"
            " others compute on what they are given)"
        )
    if getattr(args, "normalize_advantages", False):
        raise ValueError(
            "--normalize-advantages: set (expected: not set, as it would whiten the advantages)"
        )


def _rows(args: Any, samples: Sequence[Any], settings: AdapterSettings) -> Rows:
    try:
        return Rows(
            rewards=[_reward(args, sample) for sample in samples],
            group_ids=[_group(i, sample.group_index) for i, sample in enumerate(samples)],
            texts=[sample.response for sample in samples],
            generated_tokens=[
                sample.response_length if sample.loss_mask is None else sum(sample.loss_mask)
                for sample in samples
            ],
            rollout_ids=[_rollout(i, sample) for i, sample in enumerate(samples)],
            golden=golden_column(settings, samples),
            prompts=(
                [whole_text("prompt", sample.prompt) for sample in samples]
                if settings.wants_prompts
                else None
            ),
        )
    except AttributeError as missing:
        raise IncompatibleTrainerError(
            f"samples: {missing} (expected: a flat list of Sample, as in slime {TESTED})"
        ) from missing


def _reward(args: Any, sample: Any) -> float:
    reward = sample.reward
    key = getattr(args, "reward_key", None)
    if key and reward is not None:
        reward = reward[key]
    return float("nan") if reward is None else float(reward)


def _group(row: int, index: int | None) -> int:
    if index is None:
        raise ValueError(f"samples[{row}].group_index: None (expected: the prompt's number)")
    return index


def _rollout(row: int, sample: Any) -> tuple[str, int]:
    # None in most rollouts, and absent in older versions: a row's number must not be taken for one.
    identity = getattr(sample, "rollout_id", None)
    return ("row", row) if identity is None else ("rollout", identity)


def _plain(metrics: Mapping[str, float]) -> dict[str, float]:
    return {name.removeprefix(METRIC_PREFIX): value for name, value in metrics.items()}
