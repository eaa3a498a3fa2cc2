# SPDX-License-Identifier: Apache-2.0
"""Rewards by function, which TRL and ms-swift have, as the service takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._step import FloatArray


def combine(
    rewards_per_func: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
    clip_range: Sequence[float] | None,
) -> FloatArray:
    """One reward a row, as the trainers add them up.

    Args:
        rewards_per_func: [B, f]; NaN where a function gave None.
        weights: [f].
        clip_range: (low, high) of RLOOConfig; None: not clipped.

    Returns:
        [B] weighted sums over the functions that gave a reward; NaN where none did.
    """
    sums = np.nansum(rewards_per_func * weights, axis=1, dtype=np.float32)
    scored = ~np.isnan(rewards_per_func).all(axis=1)
    low, high = clip_range or (-np.inf, np.inf)
    rewards: FloatArray = np.where(scored, sums.clip(low, high), np.nan).astype(np.float64)
    return rewards


def by_component(
    settings: AdapterSettings,
    names: Sequence[str],
    rewards_per_func: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
) -> tuple[AdapterSettings, dict[str, FloatArray] | None]:
    """What the estimator ``gdpo`` takes: the rewards by function and the functions' weights.

    Returns:
        The settings, with the trainer's weights where they have none of their own, and each
        function's rewards [B]; unchanged and None for any other estimator.
    """
    if not settings.has_estimator("gdpo"):
        return settings, None
    columns = rewards_per_func.astype(np.float64).T
    weighted = {
        "component_weights": dict(zip(names, weights.astype(float).tolist(), strict=True)),
        **settings.config,
    }
    return replace(settings, config=weighted), dict(zip(names, columns, strict=True))
