# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import torch

from openrlhf.models.utils import compute_reward
from openrlhf.trainer.ppo_utils.experience import Experience
from openrlhf.trainer.ppo_utils.length_penalty import apply_length_penalties


class RemoteExperienceMaker:
    def __init__(self, kl_controller: Any, strategy: Any, tokenizer: Any) -> None:  # noqa: ANN401
        self.strategy = strategy
        self.args = strategy.args
        algorithm = getattr(strategy.args, "algo", None)
        self.advantage_estimator = (
            algorithm.advantage.estimator if algorithm else strategy.args.advantage_estimator
        )
        self.tokenizer = tokenizer
        self.kl_ctl = kl_controller

    def make_experience_batch(self, experiences: list[Experience]) -> list[Experience]:
        return self.compute_advantages_and_returns(experiences)

    @torch.no_grad()
    def compute_advantages_and_returns(self, experiences: list[Experience]) -> list[Experience]:
        apply_length_penalties(experiences, self.args)
        for experience in experiences:
            reward = compute_reward(
                experience.rewards, self.kl_ctl.value, experience.kl, experience.action_mask
            )
            experience.returns = self.get_cumulative_returns(reward, experience.action_mask, 1.0)
            experience.advantages = experience.returns.clone()
        return experiences

    @torch.no_grad()
    def get_cumulative_returns(
        self, rewards: torch.Tensor, action_mask: torch.Tensor, gamma: float
    ) -> torch.Tensor:
        returns = torch.zeros_like(rewards)
        later = torch.zeros(rewards.size(0))
        for t in reversed(range(rewards.size(1))):
            later = (action_mask * rewards)[:, t] + gamma * later
            returns[:, t] = later
        return returns
