# SPDX-License-Identifier: Apache-2.0
"""What the adapter meets in ms-swift 4.6, as read in main of August 2026.

The fields of a sample, how rewards are gathered over ranks, what ``_compute_advantages`` returns
and records, which part of it each rank takes, and how a trainer's class is found by its name.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from fake_modules import put_modules


@dataclass
class GRPOSample:
    messages: list[dict[str, Any]]
    extra: dict[str, Any] = field(default_factory=dict)
    prompt_id: str = ""
    request_id: str = ""
    response_token_ids: list[Any] = field(default_factory=list)
    finish_reason: str | None = "stop"
    rewards: list[float | None] | None = None
    advantages: Any = None


def sample(text: Any, *rewards: float | None, **fields: Any) -> GRPOSample:  # noqa: ANN401
    messages = [
        {"role": "user", "content": "What is 2 + 2?"},
        {"role": "assistant", "content": text},
    ]
    return GRPOSample(messages, rewards=list(rewards), **fields)


class Tokenizer:
    """Token ids are code points; 0 is the end of a turn."""

    def decode(self, ids: Sequence[int], skip_special_tokens: bool = False) -> str:
        return "".join(
            chr(each) if each else "<end>" for each in ids if each or not skip_special_tokens
        )


class GRPOTrainer:
    """Of its parents and its ``__init__`` only what ``_compute_advantages`` and its caller use."""

    def __init__(self, num_generations: int, weights: Sequence[float], **options: Any) -> None:  # noqa: ANN401
        import torch
        from accelerate import Accelerator

        self.args = SimpleNamespace(ddp_timeout=options.get("ddp_timeout", 1800))
        self.accelerator = Accelerator(cpu=True)
        self.model = SimpleNamespace(training=True)
        self.processing_class: Any = Tokenizer()
        self.num_generations = num_generations
        self.num_generations_eval = 1
        self.reward_weights = torch.tensor(weights, dtype=torch.float32)
        self.reward_func_names = [f"function {i}" for i in range(len(weights))]
        self.dynamic_num_samples = False
        self.kl_in_reward = options.get("kl_in_reward", False)
        self.beta = options.get("beta", 0.04)
        self._metrics: dict[str, Any] = {"train": defaultdict(list), "eval": defaultdict(list)}

    def _compute_rewards_per_func(self, samples: list[GRPOSample]) -> Any:  # noqa: ANN401
        import torch
        from accelerate.utils import gather, gather_object

        rows = [[float("nan") if r is None else r for r in each.rewards or ()] for each in samples]
        if self.dynamic_num_samples:
            return torch.tensor(gather_object(rows), dtype=torch.float32)
        return gather(torch.tensor(rows, dtype=torch.float32))

    def _compute_advantages(
        self,
        samples: list[GRPOSample],
        rewards_per_func: Any,  # noqa: ANN401
        batch_encoded_inputs: list[Any],
    ) -> Any:  # noqa: ANN401
        mode = "train" if self.model.training else "eval"
        rewards = (rewards_per_func * self.reward_weights.unsqueeze(0)).nansum(dim=1)
        self._metrics[mode]["reward"].append(rewards.mean().item())
        return rewards - rewards.mean()

    def step(self, samples: list[GRPOSample]) -> Any:  # noqa: ANN401
        """A generation step from its samples on; returns the advantages of all ranks."""
        rewards = self._compute_rewards_per_func(samples)
        advantages = self._compute_advantages(samples, rewards, [])
        ranks, rank = self.accelerator.num_processes, self.accelerator.process_index
        size, more = divmod(len(advantages), ranks)
        start = rank * size + min(rank, more)
        own = advantages[start : start + size + (rank < more)]
        assert len(own) == len(samples)
        for each, advantage in zip(samples, own, strict=True):
            each.advantages = advantage
        return advantages


class TrainerFactory:
    TRAINER_MAPPING = {"grpo": "swift.rlhf_trainers.GRPOTrainer"}  # noqa: RUF012

    @classmethod
    def get_trainer_cls(cls, args: Any) -> type:  # noqa: ANN401
        module, name = cls.TRAINER_MAPPING[args.rlhf_type].rsplit(".", 1)
        found: type = getattr(importlib.import_module(module), name)
        return found


def put_ms_swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the modules; the factory's mapping is its own for each test."""
    monkeypatch.setattr(TrainerFactory, "TRAINER_MAPPING", dict(TrainerFactory.TRAINER_MAPPING))
    put_modules(
        monkeypatch,
        {
            "swift.rlhf_trainers": {"GRPOTrainer": GRPOTrainer},
            "swift.rlhf_trainers.grpo_trainer": {"GRPOTrainer": GRPOTrainer},
            "swift.trainers.trainer_factory": {"TrainerFactory": TrainerFactory},
        },
    )
