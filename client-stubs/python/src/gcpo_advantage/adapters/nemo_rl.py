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
        gcpo: {target: advantages:50051, config: {estimator: gcpo_cooperative}}

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
* Golden answers, where the configuration asks for them, are ``ground_truth`` of
  ``extra_env_info``, or ``golden_field`` of it. A golden answer changes its group's advantages but
  is not trained on.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import math
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gcpo_advantage.adapters._contract import Seam, require
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, compute_step
from gcpo_advantage.adapters._texts import field, golden_column, joined_text, question, written

_TESTED = "after 0.7.0 (read at 7ea279ab)"
_GRPO = "nemo_rl.algorithms.grpo"
_FACTORY = "_create_advantage_estimator"
_LOG = "_log_mixed_rewards_and_advantages_information"
_IMPORTED_BY_NAME = (
    "nemo_rl.algorithms.grpo_sync",
    "nemo_rl.algorithms.single_controller_utils.setup",
)
DEFAULT_GOLDEN_FIELD = "ground_truth"

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
            says under ``gcpo`` goes first.

    Raises:
        IncompatibleTrainerError: NeMo-RL is not there, or not one that this fits.
    """
    require("nemo-rl", _TESTED, _SEAMS)
    grpo = importlib.import_module(_GRPO)
    made: list[AdvantageServiceEstimator] = []

    def create(master_config: Any) -> Any:
        estimator = field(field(master_config, "grpo"), "adv_estimator") or {}
        name = field(estimator, "name") or "grpo"
        if name != "grpo":
            raise ValueError(
                f"grpo.adv_estimator.name: {name!r} (expected: 'grpo', in whose place the advantage"
                " service is installed)"
            )
        given = {**(vars(settings) if settings else {}), **(field(estimator, "gcpo") or {})}
        made[:] = [AdvantageServiceEstimator(AdapterSettings.read(given))]
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
        settings.client()  # here, and not after the first rollouts
        self._settings = settings.with_golden_at(DEFAULT_GOLDEN_FIELD)
        self.last_metrics: dict[str, float] = {}

    def compute_advantage(
        self,
        prompt_ids: Tensor,
        rewards: Tensor,
        mask: Tensor,
        repeated_batch: Mapping[str, Any] | None = None,
        valid_mask: Tensor | None = None,
        **others: Any,
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
        settings = self._settings
        extra = repeated_batch.get("extra_env_info") or [None] * len(logs)
        answers = [written(log) for log in logs]
        step = compute_step(
            Rows(
                rewards=_scored(rewards, valid_mask),
                group_ids=_groups(prompt_ids),
                texts=[joined_text(answer) for answer in answers],
                generated_tokens=[sum(len(each["token_ids"]) for each in one) for one in answers],
                golden=golden_column(settings, extra),
                prompts=(
                    [joined_text(question(log)) for log in logs] if settings.wants_prompts else None
                ),
            ),
            settings,
        )
        self.last_metrics = step.metrics
        scores = rewards.float().new_tensor(step.advantages)
        # Of its own memory: NeMo-RL overwrites the tokens of some messages in place.
        return scores.unsqueeze(-1).expand(mask.shape).clone()


def _with_metrics(
    log: Callable[..., None], made: list[AdvantageServiceEstimator]
) -> Callable[..., None]:
    signature = inspect.signature(log)

    @functools.wraps(log)
    def logged(*args: Any, **kwargs: Any) -> None:
        log(*args, **kwargs)
        for estimator in made:
            signature.bind(*args, **kwargs).arguments["metrics"].update(estimator.last_metrics)

    return logged


def _groups(prompt_ids: Tensor) -> list[str]:
    rows = prompt_ids.detach().cpu().numpy()
    numbers: dict[bytes, int] = {}
    return [f"prompt-{numbers.setdefault(row.tobytes(), len(numbers))}" for row in rows]


def _scored(rewards: Tensor, valid_mask: Tensor | None) -> Any:
    values = rewards.detach().double().cpu().numpy()
    if valid_mask is None:
        return values
    return np.where(valid_mask.detach().cpu().numpy() > 0, values, math.nan)
