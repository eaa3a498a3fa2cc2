# SPDX-License-Identifier: Apache-2.0
"""The loss against a plain loop, finite differences and the server's ratios."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gcpo_advantage import AdvantageClient, RolloutGroup

pytestmark = pytest.mark.trainer

_ROWS, _WIDTH = 9, 7


@pytest.fixture
def batch() -> dict[str, Any]:
    """Ratios on both sides of the range and far beyond the hold, of both signs; a row is empty."""
    import torch

    random = np.random.default_rng(20251107)
    lengths = np.array([7, 3, 1, 5, 0, 7, 2, 4, 6])
    mask = np.arange(_WIDTH) < lengths[:, None]
    old = -random.uniform(0.1, 4, (_ROWS, _WIDTH))
    shift = np.array([1e-4, 0.3, -0.3, -2e-4, 0.5, 14, -14, 0.02, -0.02])
    return {
        "log_probs": torch.tensor(old + shift[:, None] * random.uniform(0.9, 1.1, old.shape)),
        "old_log_probs": torch.tensor(old),
        "advantages": torch.tensor([1.5, 1.0, -1.0, -0.5, 2.0, -0.7, 0.7, 0.0, 1.2]),
        "mask": torch.tensor(mask),
    }


def _loop(batch: dict[str, Any], low: float, high: float) -> float:
    terms = []
    for logs, olds, advantage, generated in zip(
        *(batch[name].tolist() for name in ("log_probs", "old_log_probs", "advantages", "mask")),
        strict=True,
    ):
        differences = [a - b for a, b, on in zip(logs, olds, generated, strict=True) if on]
        if differences:
            mean = sum(differences) / len(differences)
            ratio = math.exp(max(-10.0, min(10.0, mean)))
            held = max(1 - low, min(1 + high, ratio))
            terms.append(min(ratio * advantage, held * advantage))
    return -sum(terms) / len(terms)


@pytest.mark.parametrize(("low", "high"), [(3e-4, 4e-4), (0.2, 0.28), (0.0, 0.0)])
def test_equals_a_plain_loop(batch: dict[str, Any], low: float, high: float) -> None:
    from gcpo_advantage.losses import sequence_policy_loss

    loss, statistics = sequence_policy_loss(**batch, clip_low=low, clip_high=high)

    assert loss.item() == pytest.approx(_loop(batch, low, high), rel=1e-12)
    assert statistics.counted.sum() == _ROWS - 1
    assert statistics.clipped_share == statistics.clipped.sum().item() / (_ROWS - 1)


def test_the_defaults_are_the_servers(batch: dict[str, Any]) -> None:
    from gcpo_advantage.losses import sequence_policy_loss

    loss, _ = sequence_policy_loss(**batch)

    assert loss.item() == pytest.approx(_loop(batch, 3e-4, 4e-4), rel=1e-12)


def test_gradient_is_that_of_finite_differences(batch: dict[str, Any]) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    def loss(log_probs: torch.Tensor) -> torch.Tensor:
        value, _ = sequence_policy_loss(**{**batch, "log_probs": log_probs}, clip_low=0.05)
        return value

    assert torch.autograd.gradcheck(loss, batch["log_probs"].requires_grad_())


def test_gradient_is_alike_for_all_tokens_and_none_where_clipped(batch: dict[str, Any]) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    log_probs = batch["log_probs"].requires_grad_()
    loss, statistics = sequence_policy_loss(**batch)
    (gradient,) = torch.autograd.grad(loss, log_probs)

    tokens = batch["mask"].sum(dim=1)
    held = statistics.ratios.log().abs() >= 10 - 1e-9
    for row in range(_ROWS):
        silent = bool(statistics.clipped[row] | held[row]) or tokens[row] == 0
        share = 0.0
        if not silent:
            share = -(statistics.ratios[row] * batch["advantages"][row]).item()
            share /= tokens[row].item() * (_ROWS - 1)
        expected = torch.where(batch["mask"][row], share, 0.0)
        torch.testing.assert_close(gradient[row], expected.to(gradient.dtype))
    assert statistics.clipped.any()
    assert (gradient != 0).any()


def test_padding_is_not_looked_at(batch: dict[str, Any]) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    expected, _ = sequence_policy_loss(**batch)
    off = ~batch["mask"]
    log_probs = batch["log_probs"].masked_fill(off, float("nan")).requires_grad_()
    old = batch["old_log_probs"].masked_fill(off, -float("inf"))

    loss, _ = sequence_policy_loss(**{**batch, "log_probs": log_probs, "old_log_probs": old})

    assert loss.item() == expected.item()
    (gradient,) = torch.autograd.grad(loss, log_probs)
    assert torch.isfinite(gradient).all()


def test_a_token_that_is_not_a_number_is_not_hidden(batch: dict[str, Any]) -> None:
    from gcpo_advantage.losses import sequence_policy_loss

    batch["log_probs"][0, 0] = float("nan")

    loss, _ = sequence_policy_loss(**batch)

    assert math.isnan(loss.item())


def test_half_precision_is_computed_in_single(batch: dict[str, Any]) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    log_probs = batch["old_log_probs"].bfloat16()

    loss, statistics = sequence_policy_loss(
        **{**batch, "log_probs": log_probs, "old_log_probs": log_probs.double() - 5e-4}
    )

    assert loss.dtype == torch.float32
    # 1 + 5e-4 is 1 in bfloat16.
    assert statistics.clipped[0]


def test_golden_rows_are_reported_apart(batch: dict[str, Any]) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    golden = torch.arange(_ROWS) == 1

    loss, statistics = sequence_policy_loss(**batch, golden=golden)
    alone, without = sequence_policy_loss(**batch)

    assert loss.item() == alone.item()
    assert statistics.golden_mean_ratio == pytest.approx(statistics.ratios[1].item())
    assert without.golden_mean_ratio == 1
    others = [row for row in range(_ROWS) if row not in (1, 4)]
    assert statistics.mean_ratio == pytest.approx(statistics.ratios[others].mean().item())


def test_no_rows_give_no_loss(batch: dict[str, Any]) -> None:
    from gcpo_advantage.losses import sequence_policy_loss

    batch["log_probs"].requires_grad_()
    loss, statistics = sequence_policy_loss(**{**batch, "mask": batch["mask"] & False})

    loss.backward()
    assert loss.item() == 0
    assert (statistics.clipped_share, statistics.mean_ratio) == (0, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"advantages": (3,)}, r"advantages: \[3\] \(expected: \[9\]\)"),
        ({"mask": (9, 6)}, r"mask: \[9, 6\] \(expected: \[9, 7\]\)"),
        ({"log_probs": (9,)}, r"log_probs: \[9\] \(expected: \[B, T\]\)"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    batch: dict[str, Any], change: dict[str, tuple[int, ...]], message: str
) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    changed = {name: torch.zeros(shape) for name, shape in change.items()}
    with pytest.raises(ValueError, match=message):
        sequence_policy_loss(**{**batch, **changed})


def test_a_range_that_is_none_is_refused(batch: dict[str, Any]) -> None:
    from gcpo_advantage.losses import sequence_policy_loss

    with pytest.raises(ValueError, match="clip_low: 2"):
        sequence_policy_loss(**batch, clip_low=2)


@pytest.mark.server
@pytest.mark.parametrize("importance", [{}, {"clip_low": 0.2, "clip_high": 0.28}])
def test_ratios_are_the_servers(
    real: AdvantageClient, batch: dict[str, Any], importance: dict[str, float]
) -> None:
    import torch

    from gcpo_advantage.losses import sequence_policy_loss

    rows = [row for row in range(_ROWS) if batch["mask"][row].any()]
    mask = batch["mask"]
    group = RolloutGroup(
        "group",
        rewards=[float(row % 2) for row in range(len(rows))],
        log_probs=(batch["log_probs"] * mask).sum(dim=1)[rows].tolist(),
        old_log_probs=(batch["old_log_probs"] * mask).sum(dim=1)[rows].tolist(),
        generated_tokens=mask.sum(dim=1)[rows].tolist(),
    )
    config = {"estimator": "grpo", "importance": importance}
    (result,) = real.compute([group], config=config, diversity=False)
    assert result.importance_ratios is not None
    assert result.clipped is not None

    chosen = {name: values[rows] for name, values in batch.items()}
    chosen["advantages"] = torch.tensor(result.advantages)
    _, statistics = sequence_policy_loss(**chosen, **importance)

    np.testing.assert_allclose(statistics.ratios.numpy(), result.importance_ratios, rtol=1e-12)
    assert statistics.clipped.tolist() == result.clipped.tolist()
    assert 0 < statistics.clipped_share < 1
