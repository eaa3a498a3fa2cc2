# SPDX-License-Identifier: Apache-2.0
r"""OpenRLHF: advantages of its PPO trainer with Ray.

Install the client on every node. Start the trainer through this module, with OpenRLHF's own
arguments::

    GCPO_TARGET=advantages:50051 GCPO_CONFIG='{"estimator": "gcpo_cooperative"}' \
    python3 -m gcpo_advantage.adapters.openrlhf \
        --algo.advantage.estimator group_norm --rollout.n_samples_per_prompt 8 ...

Advantages are computed in a Ray actor, not in the process that is started: a class replaced there
would not reach it. So this starts Ray with a setup hook for its workers and then runs
``openrlhf.cli.train_ppo_ray``. Where Ray is started otherwise, its ``runtime_env`` needs
``"worker_process_setup_hook": "gcpo_advantage_hooks.openrlhf.prepare"``. Settings are read from the
environment: ``GCPO_TARGET``, ``GCPO_CONFIG`` as JSON, ``GCPO_TIMEOUT`` and ``GCPO_ON_FAILURE`` are
handed to the workers; ``GCPO_TOKEN`` is not, as Ray shows what it hands on: it must be in the
environment of the nodes.

Seam: ``RemoteExperienceMaker.compute_advantages_and_returns`` is replaced. Length penalties and the
KL penalty stay OpenRLHF's: the return at a token is the rollout's advantage minus ``kl_coef`` times
the KL of this and the later tokens, with gamma 1. There is no estimator that hands on what it is
given, so the value of ``--algo.advantage.estimator`` is not used; ``gae`` raises. Metrics go into
``Experience.info`` under ``advantage_service/``. Read: OpenRLHF 0.11 (commits 3c3be623, 12bb0364)
and 0.10 (db825a24); run against fakes of them, the setup hook with Ray 2.58.

Golden answers, where the configuration asks for them, are ``labels``.

Limits: groups have the fixed size ``n_samples_per_prompt``, as everywhere in OpenRLHF.
``--reward.clip_range`` is not applied: it would clip advantages. A rollout without a token of its
own counts nowhere. A golden answer changes its group's advantages but is not trained on.
"""

from __future__ import annotations

import importlib
import os
import runpy
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from gcpo_advantage.adapters._contract import Seam, require
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import FloatArray, Rows, compute_step
from gcpo_advantage.adapters._texts import golden_column
from gcpo_advantage_hooks.openrlhf import EXPERIENCE_MAKER

__all__ = ["fit", "install", "main"]

TESTED = "0.10 and 0.11"
DEFAULT_GOLDEN_FIELD = "labels"
SEAMS = [
    Seam(
        EXPERIENCE_MAKER,
        "RemoteExperienceMaker.compute_advantages_and_returns",
        ("self", "experiences"),
    ),
    Seam(
        EXPERIENCE_MAKER,
        "RemoteExperienceMaker.get_cumulative_returns",
        ("self", "rewards", "action_mask", "gamma"),
    ),
    Seam(
        EXPERIENCE_MAKER,
        "compute_reward",
        ("r", "kl_coef", "kl", "action_mask", "reward_clip_range"),
    ),
    Seam(EXPERIENCE_MAKER, "apply_length_penalties", ("experiences", "args")),
]
_HANDED_ON = {"TOKENIZERS_PARALLELISM": "true", "NCCL_DEBUG": "WARN"}
"""What OpenRLHF sets for its workers where it starts Ray itself."""


def main() -> None:
    """Runs OpenRLHF's trainer with this process's arguments and its advantages from the service.

    Raises:
        ValueError: settings in the environment that cannot be read, or no target.
    """
    AdapterSettings.read().client()  # here, and not after the first rollout
    ray: Any = importlib.import_module("ray")
    if not ray.is_initialized():
        given = {
            name: value
            for name, value in os.environ.items()
            if name.startswith("GCPO_") and name != "GCPO_TOKEN"
        }
        defaults = {name: os.environ.get(name, value) for name, value in _HANDED_ON.items()}
        ray.init(
            runtime_env={
                "env_vars": {**defaults, **given},
                "worker_process_setup_hook": "gcpo_advantage_hooks.openrlhf.prepare",
            }
        )
    runpy.run_module("openrlhf.cli.train_ppo_ray", run_name="__main__", alter_sys=True)


def install() -> None:
    """Replaces it in this process: for a driver that makes experiences itself.

    Raises:
        IncompatibleTrainerError: no OpenRLHF, or none that the adapter fits.
    """
    require("openrlhf", TESTED, SEAMS)
    fit(importlib.import_module(EXPERIENCE_MAKER))


def fit(module: ModuleType) -> None:
    """Replaces it in the experience maker's module; does nothing the second time.

    Raises:
        IncompatibleTrainerError: it is not as it was in the versions that were read.
    """
    require("openrlhf", TESTED, SEAMS)
    maker = module.RemoteExperienceMaker
    if not hasattr(maker.compute_advantages_and_returns, "gcpo_replaced"):
        replacement = _replacement(module)
        replacement.gcpo_replaced = maker.compute_advantages_and_returns
        maker.compute_advantages_and_returns = replacement


def _replacement(module: Any) -> Any:
    def compute_advantages_and_returns(
        self: Any,
        experiences: list[Any],
    ) -> list[Any]:
        args = self.strategy.args
        if self.advantage_estimator == "gae":
            raise ValueError(
                "--algo.advantage.estimator: gae (expected: one without a critic, such as"
                " group_norm; the advantages are the service's)"
            )
        settings = AdapterSettings.read().with_golden_at(DEFAULT_GOLDEN_FIELD)
        module.apply_length_penalties(experiences, args)
        step = compute_step(_rows(self.tokenizer, experiences, args, settings), settings)
        parts = _split(step.advantages, experiences)
        for experience, values in zip(experiences, parts, strict=True):
            _fill(self, experience, values, module.compute_reward)
            for name, value in step.metrics.items():
                experience.info[name] = experience.returns.new_full((len(values),), value)
        return experiences

    return compute_advantages_and_returns


def _fill(
    maker: Any,
    experience: Any,
    values: FloatArray,
    compute_reward: Callable[..., Any],
) -> None:
    """The advantage of each row [B] on its last token, less the KL on each, and their sums."""
    kl = experience.kl.float()
    rewards = compute_reward(
        kl.new_tensor(values),
        maker.kl_ctl.value,
        kl,
        action_mask=experience.action_mask,
        reward_clip_range=None,
    )
    experience.returns = maker.get_cumulative_returns(rewards, experience.action_mask, 1.0)
    experience.advantages = experience.returns.clone()
    experience.info["return"] = rewards.sum(dim=-1)
    experience.kl = None


def _rows(
    tokenizer: Any,
    experiences: Sequence[Any],
    args: Any,
    settings: AdapterSettings,
) -> Rows:
    index = np.array([i for experience in experiences for i in experience.index], dtype=np.int64)
    size = getattr(getattr(args, "rollout", None), "n_samples_per_prompt", None)
    size = args.n_samples_per_prompt if size is None else size  # before 0.11
    if len(index) % size or not np.array_equal(np.sort(index), np.arange(len(index))):
        raise ValueError(
            f"experiences: {len(index)} rows (expected: each index below a multiple of"
            f" n_samples_per_prompt, {size}, once)"
        )
    written = [ids for experience in experiences for ids in _written(experience)]
    rewards = np.concatenate(
        [experience.rewards.reshape(-1).double().cpu().numpy() for experience in experiences]
    )
    rewards[[not ids for ids in written]] = np.nan
    return Rows(
        rewards=rewards,
        group_ids=(index // size).tolist(),
        texts=[tokenizer.decode(ids, skip_special_tokens=True) for ids in written],
        generated_tokens=[len(ids) for ids in written],
        golden=golden_column(
            settings, ({"labels": each} for each in _column(experiences, "labels"))
        ),
        prompts=_column(experiences, "prompts") if settings.wants_prompts else None,
    )


def _written(experience: Any) -> list[list[int]]:
    """The tokens of each row that the policy wrote; the mask is of the last tokens, less one."""
    mask = experience.action_mask.bool()
    tokens = experience.sequences[:, -mask.shape[1] :]
    return [ids[own].tolist() for ids, own in zip(tokens, mask, strict=True)]


def _column(experiences: Sequence[Any], name: str) -> list[Any]:
    return [
        value
        for experience in experiences
        for value in getattr(experience, name) or [None] * len(experience.index)
    ]


def _split(values: FloatArray, experiences: Sequence[Any]) -> list[FloatArray]:
    ends = np.cumsum([len(experience.index) for experience in experiences])
    return np.split(values, ends[:-1])


if __name__ == "__main__":
    main()
