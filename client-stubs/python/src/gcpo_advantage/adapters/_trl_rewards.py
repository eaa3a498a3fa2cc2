# SPDX-License-Identifier: Apache-2.0
"""TRL's rewards by function, as the service takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def combine(
    rewards_per_func: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
    clip_range: Sequence[float] | None,
) -> FloatArray:
    """One reward a row, as TRL adds them up.

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
    config: Mapping[str, Any],
    names: Sequence[str],
    rewards_per_func: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
) -> tuple[Mapping[str, Any], dict[str, FloatArray] | None]:
    """What the estimator ``gdpo`` takes: the rewards by function and the functions' weights.

    Returns:
        The configuration, with TRL's weights where it has none of its own, and each function's
        rewards [B]; unchanged and None for any other estimator.
    """
    if str(config.get("estimator", "")).lower() != "gdpo":
        return config, None
    columns = rewards_per_func.astype(np.float64).T
    weighted = {
        "component_weights": dict(zip(names, weights.astype(float).tolist(), strict=True)),
        **config,
    }
    return weighted, dict(zip(names, columns, strict=True))
