# SPDX-License-Identifier: Apache-2.0
r"""verl: the advantage estimator ``gcpo_remote``.

Install the client where verl's driver runs; verl 0.9 and newer then find it by themselves, through
the entry-point group ``verl.plugins``. Older ones need
``VERL_USE_EXTERNAL_MODULES=gcpo_advantage_hooks.verl`` in the environment of every process. Then::

    python3 -m verl.trainer.main_ppo algorithm.adv_estimator=gcpo_remote \
        +algorithm.gcpo.target=advantages:50051 \
        +algorithm.gcpo.config.estimator=gcpo_cooperative ...

``algorithm.gcpo`` takes ``target``, ``config``, ``timeout``, ``on_failure``, ``golden_field`` and
``prefetched``; what is not there is read from the environment (``GCPO_TARGET``, ``GCPO_CONFIG`` as
JSON, ``GCPO_TIMEOUT``, ``GCPO_ON_FAILURE``, ``GCPO_GOLDEN_FIELD``, ``GCPO_PREFETCHED``). The token
is in ``GCPO_TOKEN`` only. Nothing changes for other values of ``algorithm.adv_estimator``.

Seams: a registered estimator is not given the responses. So ``ray_trainer.compute_advantage``
(legacy; ``trainer_utils.compute_advantage`` in the newest) and ``PPOTrainer._compute_advantage``
(v1, which also sees several rows of one rollout) are wrapped to hand them over; KL in the reward,
rollout correction and what is written back stay verl's. Metrics go into the step's own, under
``advantage_service/``. Read: verl 0.10.0.dev (commits 1dda039b, 39574b51, 04141f84, 4f8eeace) and
0.7 (d163ff3a); run against fakes of them, in actors of Ray 2.58 too.

Texts can be embedded while other rollouts are still being generated: decorate the reward function
with :func:`prefetching` and set ``+algorithm.gcpo.prefetched=true``.

Golden answers, where the configuration asks for them, are ``reward_model.ground_truth``, or
``golden_field``, for example ``extra_info.answer``.

Limits: the reward of a rollout is the sum of its token-level rewards; with
``algorithm.use_kl_in_reward`` it contains the penalty, which shifts what counts as correct: prefer
``actor.use_kl_loss``. A golden answer changes its group's advantages but is not trained on.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
from contextvars import ContextVar
from types import ModuleType
from typing import Any

import numpy as np

from gcpo_advantage.adapters import _prefetching
from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters._prefetching import Reward
from gcpo_advantage.adapters._step import Rows, compute_step
from gcpo_advantage.adapters.verl import _seams
from gcpo_advantage.adapters.verl._rows import Texts

ESTIMATOR = "gcpo_remote"
"""The value of ``algorithm.adv_estimator``."""

__all__ = ["ESTIMATOR", "advantages", "install", "prefetching"]

_log = logging.getLogger(__name__)
_current: ContextVar[Texts | None] = ContextVar("gcpo_verl_texts", default=None)
_unfit: list[IncompatibleTrainerError] = []


def install() -> None:
    """Registers the estimator and wraps what verl has of its two trainers; once is enough.

    It imports verl's trainers, which takes seconds; the plugin waits until verl does.

    Raises:
        IncompatibleTrainerError: no verl, or none that the adapter fits.
    """
    present = [name for name in _seams.SEAMS if _is_there(name)]
    _seams.require_trainer(present)
    for name in present:
        fit(importlib.import_module(name))


def fit(module: ModuleType) -> None:
    """Does to one of verl's modules what is needed of it.

    Raises:
        IncompatibleTrainerError: it is not as it was in the versions that were read.
    """
    _seams.fit(module, ESTIMATOR, advantages, _current)


def fit_or_tell(module: ModuleType) -> None:
    """As :func:`fit` for a verl that may be used without this adapter: the estimator raises."""
    try:
        fit(module)
    except IncompatibleTrainerError as unfit:
        _unfit.append(unfit)
        _log.warning("%s: not usable: %s", ESTIMATOR, unfit)


def advantages(
    token_level_rewards: Any,
    response_mask: Any,
    config: Any = None,
    index: Any = None,
    **_unused: Any,
) -> tuple[Any, Any]:
    """The estimator, as verl calls it.

    Args:
        token_level_rewards: [bs, resp_len]; their sum is a row's reward, NaN for none.
        response_mask: [bs, resp_len] which tokens the policy wrote.
        config: ``algorithm`` of verl's configuration; was read with the texts.
        index: [bs] the uid of each row's prompt.

    Returns:
        Advantages and returns, the same float32 tensor [bs, resp_len]: the advantage of a row on
        each of its tokens, 0 elsewhere.

    Raises:
        IncompatibleTrainerError: it is not called from where the texts were handed over.
        AdvantageError: the call failed and the settings do not say what to do then.
    """
    texts = _current.get()
    if texts is None or index is None or len(texts.texts) != len(index):
        raise IncompatibleTrainerError(
            f"{ESTIMATOR}: called without {'uid' if index is None else 'the texts of its rows'}"
            f" (expected: a call from compute_advantage or PPOTrainer._compute_advantage, wrapped"
            f" by gcpo_advantage.adapters.verl as in verl {_seams.TESTED})"
            + "".join(f"; {unfit}" for unfit in _unfit)
        )
    values = np.zeros(len(index))
    real = [row for row, padded in enumerate(texts.padding) if not padded]
    if texts.places is not None:
        real.sort(key=texts.places.__getitem__)  # so that of a rollout's rows the last comes last
    rewards = token_level_rewards.double().sum(dim=-1).cpu().numpy()
    generated = response_mask.long().sum(dim=-1).cpu().numpy()

    def real_rows(column: Any) -> Any:
        return None if column is None else [column[i] for i in real]

    step = compute_step(
        Rows(
            rewards=rewards[real],
            group_ids=[str(index[i]) for i in real],
            texts=real_rows(texts.texts),
            generated_tokens=real_rows(generated),
            rollout_ids=real_rows(texts.rollout_ids),
            golden=real_rows(texts.golden),
            prompts=real_rows(texts.prompts),
        ),
        texts.settings,
    )
    values[real], texts.metrics = step.advantages, step.metrics
    spread = token_level_rewards.float().new_tensor(values).unsqueeze(-1) * response_mask
    return spread, spread


def prefetching(compute_score: Reward) -> Reward:
    """Decorates verl's ``compute_score``, sync or async: its ``solution_str`` is sent at once.

    The target is read from ``GCPO_TARGET``, as reward workers do not have ``algorithm.gcpo``; a
    ``truncation_policy`` of the configuration from ``GCPO_CONFIG``.
    """
    return _prefetching.prefetching(compute_score, _solution, lambda *_, **__: None)


def _solution(data_source: Any, solution_str: str, *_: Any, **__: Any) -> list[str]:
    return [solution_str]


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # of a package above it
        return False
