# SPDX-License-Identifier: Apache-2.0
"""Advantages of the service in TRL's GRPOTrainer and RLOOTrainer.

Another class in the place of TRL's is all::

    from gcpo_advantage.adapters.trl import AdapterSettings, RemoteGRPOTrainer

    trainer = RemoteGRPOTrainer(
        model=...,
        reward_funcs=...,
        args=GRPOConfig(...),
        train_dataset=...,
        advantage_service=AdapterSettings("localhost:50051", {"estimator": "gcpo_cooperative"}),
    )

Without ``advantage_service`` the settings come from the environment: ``GCPO_TARGET``,
``GCPO_CONFIG`` (JSON), ``GCPO_TIMEOUT``, ``GCPO_ON_FAILURE``, ``GCPO_GOLDEN_FIELD``.

For a trainer that something else has rewritten, such as unsloth's, call ``remote_trainer(trainer)``
after that, or write ``class Mine(RemoteAdvantageMixin, GRPOTrainer)``, the mixin first.

Seam: ``_calculate_rewards`` is listened to for the rewards of all ranks, and in what
``_generate_and_score_completions`` returns, and in TRL's log of completions, the advantages are
replaced before TRL shuffles and splits the batch. Rank 0 makes one call for the texts of all ranks,
groups are formed in the order of all ranks, and its answer or its error reaches every rank. All
ranks wait for it, at most ``AdapterSettings.timeout`` seconds, which must be below ``ddp_timeout``.

Rewards are weighted and added up as TRL does it, a completion that no function scored gets
advantage 0. The estimator ``gdpo`` gets the rewards by function. Advantages are used as they come:
``scale_rewards``, ``multi_objective_aggregation`` and ``normalize_advantages`` do nothing.

Run with TRL 1.13.0, its source read at 1.10; the two methods are the same since 0.20. Unsloth's
trainer was not run.

Golden answers, where the configuration asks for them, are the dataset's column ``solution``, or
``golden_field``, as text or messages: worked solutions and not answers alone.

Limits: a golden answer changes its group's advantages but is not trained on. RLOOTrainer must have
``beta=0``, because its KL penalty is part of the reward and would be lost. Texts cannot be
submitted ahead (``AdvantageClient.submit``): TRL generates a batch as a whole and scores it at
once. AsyncGRPOTrainer has another seam.
"""

from __future__ import annotations

import logging
from typing import Any

from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters._ranks import Collectives, on_first_rank
from gcpo_advantage.adapters._rewards import by_component, combine
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import Step, compute_step
from gcpo_advantage.adapters.trl._rows import all_rows, rank_rows
from gcpo_advantage.adapters.trl._seams import (
    TESTED,
    check_arguments,
    check_class,
    check_trainer,
    require_first,
)

__all__ = [
    "AdapterSettings",
    "IncompatibleTrainerError",
    "RemoteAdvantageMixin",
    "RemoteGRPOTrainer",
    "RemoteRLOOTrainer",
    "remote_trainer",
]

DEFAULT_GOLDEN_FIELD = "solution"

_logger = logging.getLogger(__name__)
_made: dict[type, type] = {}


class RemoteAdvantageMixin:
    """Stands before GRPOTrainer or RLOOTrainer in the bases of a class."""

    def __init_subclass__(cls, **keywords: Any) -> None:
        """Refuses the mixin behind its trainer, where it would do nothing.

        Raises:
            TypeError: the bases are in that order.
        """
        super().__init_subclass__(**keywords)
        require_first(RemoteAdvantageMixin, cls)

    def __init__(
        self,
        *args: Any,
        advantage_service: AdapterSettings | None = None,
        **keywords: Any,
    ) -> None:
        """Makes the trainer; connects to nothing yet.

        Args:
            *args: the trainer's own.
            advantage_service: where the service is and what is asked of it; None: from the
                environment.
            **keywords: the trainer's own.

        Raises:
            IncompatibleTrainerError: not a trainer that this fits.
            ValueError: settings that cannot be used, among themselves or with the trainer's.
        """
        check_class(RemoteAdvantageMixin, type(self))
        settings = advantage_service or AdapterSettings.read()
        settings.client()  # here, and not after the first rollouts
        self._advantage_settings = settings.with_golden_at(DEFAULT_GOLDEN_FIELD)
        self._scored_rows: tuple[Any, ...] | None = None
        for value in (*args, *keywords.values()):
            if hasattr(value, "ddp_timeout"):
                # Before the models are loaded.
                check_arguments(value, settings)
        super().__init__(*args, **keywords)
        check_trainer(self)
        for warning in check_arguments(self._trainer.args, settings):
            if self._trainer.accelerator.is_main_process:
                _logger.warning(warning)

    @property
    def _trainer(self) -> Any:
        return self

    def _calculate_rewards(
        self, inputs: Any, prompts: Any, completions: Any, completion_ids_list: Any
    ) -> Any:
        trainer: Any = super()
        rewards = trainer._calculate_rewards(inputs, prompts, completions, completion_ids_list)
        self._scored_rows = (inputs, prompts, completions, completion_ids_list, rewards)
        return rewards

    def _generate_and_score_completions(self, inputs: Any) -> Any:
        trainer = self._trainer
        mode = "train" if trainer.model.training else "eval"
        base: Any = super()
        output = base._generate_and_score_completions(inputs)
        if self._scored_rows is None:
            raise IncompatibleTrainerError(
                f"{type(self).__name__}: _calculate_rewards was not called (expected: once a batch)"
            )
        rows, self._scored_rows = self._scored_rows, None
        own = output["advantages"]
        step = self._ask(mode, *rows)
        first = trainer.accelerator.process_index * len(own)
        output["advantages"] = own.new_tensor(step.advantages[first : first + len(own)])
        _replace_last(trainer._logs["advantages"], own.new_tensor(step.advantages).tolist())
        for name, value in step.metrics.items():
            trainer._metrics[mode][name].append(value)
        return output

    def _ask(
        self,
        mode: str,
        inputs: Any,
        prompts: Any,
        completions: Any,
        completion_ids: Any,
        rewards: Any,
    ) -> Step:
        from accelerate.utils import broadcast_object_list, gather_object

        trainer = self._trainer
        settings = self._advantage_settings
        group_size = trainer.num_generations
        if mode == "eval":
            group_size = getattr(trainer, "num_generations_eval", group_size)
        per_function = rewards.detach().float().cpu().numpy()
        weights = trainer.reward_weights.float().cpu().numpy()
        clip_range = getattr(trainer, "reward_clip_range", None)

        def ask(ranks: Any) -> Step:
            names = trainer.reward_func_names
            asked, components = by_component(settings, names, per_function, weights)
            combined = combine(per_function, weights, clip_range)
            return compute_step(all_rows(ranks, combined, components, group_size), asked)

        return on_first_rank(
            Collectives(gather_object, broadcast_object_list, trainer.accelerator.is_main_process),
            lambda: [rank_rows(inputs, prompts, completions, completion_ids, settings)],
            ask,
        )


def remote_trainer(trainer: type) -> type:
    """A class for any trainer with the seams of GRPOTrainer, the same each time.

    Raises:
        IncompatibleTrainerError: it has others.
    """
    if issubclass(trainer, RemoteAdvantageMixin):
        return trainer
    if trainer not in _made:
        check_class(RemoteAdvantageMixin, trainer)
        _made[trainer] = type(
            f"Remote{trainer.__name__}",
            (RemoteAdvantageMixin, trainer),
            {"__module__": __name__, "__doc__": f"{trainer.__name__}, advantages by the service."},
        )
    return _made[trainer]


def __getattr__(name: str) -> type:
    """Makes ``RemoteGRPOTrainer`` and ``RemoteRLOOTrainer``: TRL is imported here.

    Raises:
        IncompatibleTrainerError: there is none, or one with other seams.
    """
    if name not in ("RemoteGRPOTrainer", "RemoteRLOOTrainer"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        import trl
    except ImportError as missing:
        raise IncompatibleTrainerError(f"trl: {missing} (expected: trl {TESTED})") from missing
    return remote_trainer(getattr(trl, name.removeprefix("Remote")))


def _replace_last(logged: Any, values: list[float]) -> None:
    """TRL keeps the last rows of a bounded queue; it has just added its own advantages to it."""
    for _ in range(min(len(values), len(logged))):
        logged.pop()
    logged.extend(values)
