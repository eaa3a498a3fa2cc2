# SPDX-License-Identifier: Apache-2.0
"""NeMo-RL: GRPO with the service's advantages, in the training loops that hand over texts.

In the script that starts training, before its ``main``::

    from gcpo_advantage.adapters import nemo_rl

    nemo_rl.install()

with ``GCPO_TARGET`` and the rest in the environment, or in the YAML file, whose estimator keeps the
name ``grpo``::

    grpo:
      adv_estimator:
        name: grpo
        advantage_service: {target: advantages:50051, config: {estimator: gcpo_cooperative}}

NeMo-RL's estimators are a closed list, so this takes the place of the function that makes them.
Read, not run: NeMo-RL after 0.7.0 (main of 2026-08-22, 7ea279ab).

* It works with ``grpo_train`` and ``async_grpo_train`` of ``nemo_rl.algorithms.grpo``, which hand
  over ``message_log``. ``grpo_sync`` and the single controller hand over tensors alone; there the
  first call fails and says so. The single controller may make its estimator in an actor of its own,
  where this is installed only if its process runs ``install`` too.
* Groups are rows with the same prompt token ids. The text of a rollout is what the assistant wrote,
  tool answers left out. Rows that ``valid_mask`` leaves out do not count for their siblings.
* ``normalize_rewards`` and ``use_leave_one_out_baseline`` have no effect; clipping, overrides and
  penalties that NeMo-RL applies afterwards do.
* Metrics are in ``last_metrics``, and in the loop's own wherever it logs its advantages.
* A golden answer (``gold`` in the configuration) is ``ground_truth`` of ``extra_env_info``. It
  changes the rollouts' advantages; it cannot be trained on from here.
"""

from __future__ import annotations

import importlib
import inspect
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gcpo_advantage.adapters._chat_text import field, joined_text
from gcpo_advantage.adapters._contract import Seam, require
from gcpo_advantage.adapters._scorer import Scorer, first_per_group, metrics
from gcpo_advantage.adapters._settings import AdapterSettings

_TESTED = "after 0.7.0 (read at 7ea279ab)"
_GRPO = "nemo_rl.algorithms.grpo"
_FACTORY = "_create_advantage_estimator"
_LOG = "_log_mixed_rewards_and_advantages_information"
_IMPORTED_BY_NAME = (
    "nemo_rl.algorithms.grpo_sync",
    "nemo_rl.algorithms.single_controller_utils.setup",
)
_GOLDEN_FIELD = "ground_truth"

_SEAMS = (
    Seam(_GRPO, _FACTORY, ("master_config",)),
    Seam(_GRPO, _LOG, ("metrics", "advantages")),
    Seam(
        "nemo_rl.algorithms.advantage_estimator",
        "GRPOAdvantageEstimator.compute_advantage",
        ("self", "prompt_ids", "rewards", "mask"),
    ),
)

Tensor = Any
"""``torch.Tensor``, which this does not import."""


def install(settings: AdapterSettings | None = None) -> None:
    """Puts the service in the place of NeMo-RL's estimator ``grpo``, in this process.

    Args:
        settings: None: from the environment, read when the estimator is made. What the YAML file
            says under ``advantage_service`` goes first.

    Raises:
        IncompatibleTrainerError: NeMo-RL is not there, or not one that this fits.
    """
    require("nemo-rl", _TESTED, _SEAMS)
    grpo = importlib.import_module(_GRPO)
    made: list[AdvantageServiceEstimator] = []

    def create(master_config: Any) -> Any:  # noqa: ANN401
        estimator = _value(_value(master_config, "grpo"), "adv_estimator") or {}
        name = _value(estimator, "name") or "grpo"
        if name != "grpo":
            raise ValueError(
                f"grpo.adv_estimator.name: {name!r} (expected: 'grpo', in whose place the advantage"
                " service is installed)"
            )
        own = _value(estimator, "advantage_service") or {}
        chosen = replace(settings or AdapterSettings.from_environment(), **own)
        made[:] = [AdvantageServiceEstimator(chosen)]
        return made[0]

    factory = getattr(grpo, _FACTORY)
    for module in filter(None, map(sys.modules.get, (_GRPO, *_IMPORTED_BY_NAME))):
        if getattr(module, _FACTORY, None) is factory:
            setattr(module, _FACTORY, create)
    setattr(grpo, _LOG, _with_metrics(getattr(grpo, _LOG), made))


class AdvantageServiceEstimator:
    """An advantage estimator of NeMo-RL. Picklable.

    Attributes:
        last_metrics: of the last call, each name after ``advantage_service/``.
    """

    def __init__(self, settings: AdapterSettings) -> None:
        """Makes an estimator; connects to nothing yet.

        Raises:
            ValueError: no target, here or in the environment.
        """
        self._scorer = Scorer(settings, f"`{_GOLDEN_FIELD}` of extra_env_info")
        self.last_metrics: dict[str, float] = {}

    def compute_advantage(
        self,
        prompt_ids: Tensor,
        rewards: Tensor,
        mask: Tensor,
        repeated_batch: Mapping[str, Any] | None = None,
        valid_mask: Tensor | None = None,
        **others: Any,  # noqa: ANN401
    ) -> Tensor:
        """The advantages of a batch.

        Args:
            prompt_ids: [B] or [B, P] token ids of the prompts; rows of a prompt are equal.
            rewards: [B]; NaN: could not be scored.
            mask: [B, S] response tokens.
            repeated_batch: with ``message_log`` [B] and, for golden answers, ``extra_env_info``.
            valid_mask: [B] 0 for rows that must not count; None: all do.
            others: what other estimators use; ignored.

        Returns:
            [B, S] each row's advantage at every token.

        Raises:
            AdvantageError: the call failed, and ``on_failure`` is ``raise``.
            ValueError: a training loop that hands over no texts, or rows that do not fit.
        """
        logs = None if repeated_batch is None else repeated_batch.get("message_log")
        if repeated_batch is None or logs is None:
            raise ValueError(
                "repeated_batch: without message_log (expected: texts, which grpo_train and "
                f"async_grpo_train of {_GRPO} hand over; grpo_sync and the single controller hand "
                "over tensors alone and cannot be served)"
            )
        if not len(logs) == len(prompt_ids) == len(rewards):
            raise ValueError(
                f"message_log: {len(logs)} with {len(prompt_ids)} prompt_ids and {len(rewards)} "
                "rewards (expected: as many)"
            )
        groups = _groups(prompt_ids)
        extra = repeated_batch.get("extra_env_info") or [None] * len(logs)
        answers = [_written(log) for log in logs]
        result = self._scorer.compute(
            _scored(rewards, valid_mask),
            groups,
            [joined_text(answer) for answer in answers],
            golden=first_per_group(groups, [_golden(info) for info in extra]),
            prompts=first_per_group(groups, [joined_text(_question(log)) for log in logs]),
            generated_tokens=[sum(len(each["token_ids"]) for each in one) for one in answers],
        )
        self.last_metrics = metrics(result)
        scores = rewards.float().new_tensor(result.advantages.tolist())
        return scores.unsqueeze(-1).expand(mask.shape)


def _with_metrics(
    log: Callable[..., None], made: list[AdvantageServiceEstimator]
) -> Callable[..., None]:
    signature = inspect.signature(log)

    def logged(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        log(*args, **kwargs)
        for estimator in made:
            signature.bind(*args, **kwargs).arguments["metrics"].update(estimator.last_metrics)

    return logged


def _value(config: Any, name: str) -> Any:  # noqa: ANN401
    """Of a configuration that is a dictionary in some versions and an object in others."""
    return config.get(name) if isinstance(config, Mapping) else getattr(config, name, None)


def _groups(prompt_ids: Tensor) -> list[str]:
    rows = prompt_ids.detach().cpu().numpy()
    numbers: dict[bytes, int] = {}
    return [f"prompt-{numbers.setdefault(row.tobytes(), len(numbers))}" for row in rows]


def _scored(rewards: Tensor, valid_mask: Tensor | None) -> Any:  # noqa: ANN401
    values = rewards.detach().double().cpu().numpy()
    if valid_mask is None:
        return values
    return np.where(valid_mask.detach().cpu().numpy() > 0, values, math.nan)


def _written(log: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The messages that NeMo-RL trains on."""
    return [message for message in log if message["role"] == "assistant"]


def _question(log: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    roles = [message["role"] for message in log]
    return log[: roles.index("assistant")] if "assistant" in roles else log


def _golden(info: Any) -> str | None:  # noqa: ANN401
    answer = None if info is None else field(info, _GOLDEN_FIELD)
    return None if answer is None else str(answer)
