# SPDX-License-Identifier: Apache-2.0
"""ms-swift: GRPO with the service's advantages, by a plugin file.

Write ``plugin.py``::

    from gcpo_advantage.adapters import ms_swift

    ms_swift.install()

and train with it::

    export GCPO_TARGET=advantages:50051
    export GCPO_CONFIG='{"estimator": "gcpo_cooperative"}'
    swift rlhf --rlhf_type grpo --external_plugins plugin.py ...

The seam is ``GRPOTrainer._compute_advantages``, in a subclass that ``TrainerFactory`` makes by its
name. Read, not run: ms-swift 4.6.0.dev0 (main of 2026-08-22, 3602360a).

* Rank 0 calls once a generation step for all ranks; a failed call raises the same error on every
  rank, so that none of them waits for another.
* Groups are ms-swift's own: ``num_generations`` samples in a row, or, where a scheduler makes
  several samples of a request, those of a ``prompt_id``, of any sizes. Samples of one
  ``request_id`` are one rollout, which is what its last one says. A rollout with no reward of any
  function is left out, which ms-swift takes for a reward of 0.
* The estimator ``gdpo`` gets the rewards by function, with ``reward_weights`` for weights.
* ms-swift's own computation runs first, for its metrics and checks; its advantages are dropped, so
  ``advantage_estimator`` and ``scale_rewards`` have no effect. ``kl_in_reward`` is refused.
* Metrics go to the trainer's, as ``advantage_service/...``.
* Golden answers, where the configuration asks for them, are the dataset's column ``solution``, or
  ``golden_field``. A golden answer changes its group's advantages but is not trained on.
* The Megatron and Ray trainers compute elsewhere: not served.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage.adapters._contract import IncompatibleTrainerError, Seam, require
from gcpo_advantage.adapters._ranks import Collectives, on_first_rank, require_below
from gcpo_advantage.adapters._rewards import by_component, combine
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Rows, Step, compute_step
from gcpo_advantage.adapters.ms_swift._rows import SampleRow, sample_rows

_TESTED = "4.6 (read at 3602360a)"
_TRAINERS = "swift.rlhf_trainers.grpo_trainer"
_FACTORY = "swift.trainers.trainer_factory"
DEFAULT_GOLDEN_FIELD = "solution"
_CLASS = "AdvantageServiceGRPOTrainer"

_SEAMS = (
    Seam(
        _TRAINERS,
        "GRPOTrainer._compute_advantages",
        ("self", "samples", "rewards_per_func", "batch_encoded_inputs"),
    ),
    Seam(_FACTORY, "TrainerFactory.get_trainer_cls", ("args",)),
    Seam("accelerate.utils", "gather_object", ("object",)),
    Seam("accelerate.utils", "broadcast_object_list", ("object_list",)),
)

Rewards = npt.NDArray[np.float32]
"""[N, functions], NaN where a function gave none."""

Tensor = Any
"""``torch.Tensor``, which this does not import."""


def install(settings: AdapterSettings | None = None) -> None:
    """Has ``--rlhf_type grpo`` train with the service; to be called in a plugin file.

    Args:
        settings: None: from the environment.

    Raises:
        IncompatibleTrainerError: ms-swift is not there, or not one that this fits.
    """
    require("ms-swift", _TESTED, _SEAMS)
    factory = importlib.import_module(_FACTORY).TrainerFactory
    mapping = getattr(factory, "TRAINER_MAPPING", None)
    if not isinstance(mapping, dict) or "grpo" not in mapping:
        raise IncompatibleTrainerError(
            f"TrainerFactory.TRAINER_MAPPING: {mapping!r} (expected: a dict with 'grpo', as in "
            f"ms-swift {_TESTED})"
        )
    AdvantageServiceMixin.advantage_settings = settings
    mapping["grpo"] = f"{__name__}.{_CLASS}"


def __getattr__(name: str) -> Any:
    """``AdvantageServiceGRPOTrainer``, made when ms-swift asks for it."""
    if name == _CLASS:
        return _trainer_class(importlib.import_module(_TRAINERS).GRPOTrainer)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class AdvantageServiceMixin:
    """To be put in front of a ``GRPOTrainer`` of ms-swift.

    Attributes:
        advantage_settings: None: from the environment.
    """

    advantage_settings: AdapterSettings | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As the trainer's.

        Raises:
            ValueError: no target, a setting that cannot be read, ``kl_in_reward``, or a
                timeout that other ranks would not wait for.
        """
        super().__init__(*args, **kwargs)
        trainer: Any = self
        if getattr(self, "kl_in_reward", False) and getattr(self, "beta", 0.0):
            raise ValueError(
                "kl_in_reward: True (expected: False, since the service takes rewards as they are; "
                "beta without it puts the KL term into the loss)"
            )
        settings = self.advantage_settings or AdapterSettings.read()
        settings.client()  # here, and not after the first rollouts
        require_below(settings, trainer.args.ddp_timeout)
        self._advantage_settings = settings.with_golden_at(DEFAULT_GOLDEN_FIELD)

    def _compute_advantages(
        self,
        samples: Sequence[Any],
        rewards_per_func: Tensor,
        batch_encoded_inputs: Sequence[Any],
    ) -> Tensor:
        """The advantages of the samples of all ranks.

        Args:
            samples: this rank's, ``GRPOSample``.
            rewards_per_func: [N, functions] of all ranks, in the order of the ranks; NaN: none.
            batch_encoded_inputs: for ms-swift's own computation.

        Returns:
            [N] as ``rewards_per_func``, the same on every rank.

        Raises:
            AdvantageError: the call failed, and ``on_failure`` is ``raise``; on every rank.
        """
        trainer: Any = self
        own = super()._compute_advantages(  # type: ignore[misc]
            samples, rewards_per_func, batch_encoded_inputs
        )
        if rewards_per_func.shape[1] == 0:  # a teacher alone: there is nothing to compare
            return own
        accelerate = importlib.import_module("accelerate.utils")
        ranks = Collectives(
            gather=accelerate.gather_object,
            broadcast=accelerate.broadcast_object_list,
            first=trainer.accelerator.is_main_process,
        )
        decode = partial(trainer.processing_class.decode, skip_special_tokens=True)
        per_function = rewards_per_func.detach().float().cpu().numpy()
        step = on_first_rank(
            ranks,
            lambda: sample_rows(samples, decode, self._advantage_settings),
            lambda rows: self._score_rows(rows, per_function),
        )
        mode = "train" if trainer.model.training else "eval"
        for name, value in step.metrics.items():
            trainer._metrics[mode][name].append(value)
        return rewards_per_func.new_tensor(step.advantages)

    def _score_rows(self, rows: list[SampleRow], per_function: Rewards) -> Step:
        trainer: Any = self
        if len(rows) != len(per_function):
            raise ValueError(f"samples: {len(rows)} on all ranks (expected: {len(per_function)})")
        if trainer.dynamic_num_samples:
            groups: list[Any] = [row.prompt_id for row in rows]
        else:  # prompt ids start anew in each round of dynamic sampling: they would meet
            training = trainer.model.training
            size = trainer.num_generations if training else trainer.num_generations_eval
            groups = [position // size for position in range(len(rows))]
        settings = self._advantage_settings
        weights = trainer.reward_weights.float().cpu().numpy()
        asked, components = by_component(settings, trainer.reward_func_names, per_function, weights)
        return compute_step(
            Rows(
                rewards=combine(per_function, weights, None),
                group_ids=groups,
                texts=[row.text for row in rows],
                generated_tokens=[row.generated_tokens for row in rows],
                rollout_ids=[row.request_id or position for position, row in enumerate(rows)],
                golden=[row.golden for row in rows] if settings.wants_golden else None,
                prompts=[row.prompt for row in rows] if settings.wants_prompts else None,
                reward_components=components,
            ),
            asked,
        )


@cache
def _trainer_class(trainer: type) -> type:
    return type(_CLASS, (AdvantageServiceMixin, trainer), {"__module__": __name__})
