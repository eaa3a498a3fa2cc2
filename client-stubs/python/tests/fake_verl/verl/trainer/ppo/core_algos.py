# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any


class AdvantageEstimator(str, Enum):
    GRPO = "grpo"


ADV_ESTIMATOR_REGISTRY: dict[str, Callable[..., Any]] = {}


def register_adv_est(name_or_enum: str | AdvantageEstimator) -> Any:  # noqa: ANN401
    def decorator(fn: Callable[..., Any]) -> Callable[..., Any]:
        name = name_or_enum.value if isinstance(name_or_enum, Enum) else name_or_enum
        if ADV_ESTIMATOR_REGISTRY.get(name, fn) != fn:
            raise ValueError(f"{name} has already been registered")
        ADV_ESTIMATOR_REGISTRY[name] = fn
        return fn

    return decorator


def get_adv_estimator_fn(name_or_enum: str | AdvantageEstimator) -> Callable[..., Any]:
    name = name_or_enum.value if isinstance(name_or_enum, Enum) else name_or_enum
    return ADV_ESTIMATOR_REGISTRY[name]


@register_adv_est(AdvantageEstimator.GRPO)
def compute_grpo_outcome_advantage(
    token_level_rewards: Any,  # noqa: ANN401
    response_mask: Any,  # noqa: ANN401
    index: Any,  # noqa: ANN401
    **_: Any,  # noqa: ANN401
) -> tuple[Any, Any]:
    """Centred on the whole batch: enough to be told from ours."""
    scores = token_level_rewards.sum(dim=-1)
    spread = (scores - scores.mean()).unsqueeze(-1) * response_mask
    return spread, spread
