# SPDX-License-Identifier: Apache-2.0
"""What the adapter meets in NeMo-RL after 0.7.0, as read in main of August 2026.

The function that makes an estimator, by which names its three users know it, how the training loops
call an estimator and log, and what is in their batches. PyTorch is imported where it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from fake_modules import put_modules

GRPO = "nemo_rl.algorithms.grpo"
SYNC = "nemo_rl.algorithms.grpo_sync"
SETUP = "nemo_rl.algorithms.single_controller_utils.setup"


class GRPOAdvantageEstimator:
    def compute_advantage(
        self,
        prompt_ids: Any,  # noqa: ANN401
        rewards: Any,  # noqa: ANN401
        mask: Any,  # noqa: ANN401
        valid_mask: Any = None,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return (rewards - rewards.mean()).unsqueeze(-1).expand(mask.shape)


def _create_advantage_estimator(master_config: Any) -> Any:  # noqa: ANN401
    return GRPOAdvantageEstimator()


def _log_mixed_rewards_and_advantages_information(
    logger: Any,  # noqa: ANN401
    total_steps: int,
    metrics: dict[str, Any],
    baseline: Any,  # noqa: ANN401
    advantages: Any,  # noqa: ANN401
) -> None:
    metrics["advantages/mean"] = advantages.mean().item()


def master_config(estimator: dict[str, Any] | None) -> Any:  # noqa: ANN401
    """As pydantic makes it; None: without an estimator."""
    made = None if estimator is None else SimpleNamespace(**estimator)
    return SimpleNamespace(grpo=SimpleNamespace(adv_estimator=made))


def message_log(question: str, *answers: str) -> list[dict[str, Any]]:
    """A question, and the assistant's answers with a tool's between any two."""
    log = [_message("user", question)]
    for i, answer in enumerate(answers):
        if i:
            log.append(_message("environment", "The tool says 4."))
        log.append(_message("assistant", answer))
    return log


def batch(
    logs: Sequence[list[dict[str, Any]]],
    rewards: Sequence[float],
    ground_truths: Sequence[str | None] | None = None,
) -> dict[str, Any]:
    """A ``repeated_batch`` after its rollouts."""
    import torch

    made: dict[str, Any] = {"message_log": list(logs), "total_reward": torch.tensor(rewards)}
    if ground_truths is not None:
        made["extra_env_info"] = [{"ground_truth": each} for each in ground_truths]
    return made


def grpo_train(config: Any, repeated_batch: dict[str, Any]) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401
    """The part of a step around the advantages: [B, S], and what is logged."""
    import torch

    module: Any = sys.modules[GRPO]
    estimator = module._create_advantage_estimator(config)
    questions = [log[0]["token_ids"] for log in repeated_batch["message_log"]]
    prompt_ids = torch.nn.utils.rnn.pad_sequence(questions, batch_first=True)
    mask = torch.ones(len(questions), 5)
    advantages = estimator.compute_advantage(
        prompt_ids=prompt_ids,
        rewards=repeated_batch["total_reward"],
        mask=mask,
        repeated_batch=repeated_batch,
        logprobs_policy=mask,
        logprobs_reference=None,
    )
    metrics: dict[str, Any] = {}
    module._log_mixed_rewards_and_advantages_information(
        logger=None, total_steps=0, metrics=metrics, baseline=None, advantages=advantages
    )
    return advantages, metrics


def tensors_only(module: str, config: Any, rewards: Any) -> Any:  # noqa: ANN401
    """How ``grpo_sync`` and the single controller call the estimator they make."""
    import torch

    estimator = sys.modules[module]._create_advantage_estimator(config)
    return estimator.compute_advantage(
        prompt_ids=torch.zeros(len(rewards), 1, dtype=torch.long),
        rewards=rewards,
        mask=torch.ones(len(rewards), 5),
        repeated_batch={"total_reward": rewards},
        valid_mask=torch.ones(len(rewards)),
    )


def put_nemo_rl(monkeypatch: pytest.MonkeyPatch) -> None:
    factory = {"_create_advantage_estimator": _create_advantage_estimator}
    logging = {
        "_log_mixed_rewards_and_advantages_information": (
            _log_mixed_rewards_and_advantages_information
        )
    }
    put_modules(
        monkeypatch,
        {
            GRPO: {**factory, **logging},
            SYNC: factory,
            SETUP: factory,
            "nemo_rl.algorithms.advantage_estimator": {
                "GRPOAdvantageEstimator": GRPOAdvantageEstimator
            },
        },
    )


def _message(role: str, content: str) -> dict[str, Any]:
    import torch

    return {"role": role, "content": content, "token_ids": torch.tensor([ord(c) for c in content])}
