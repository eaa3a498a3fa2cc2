# SPDX-License-Identifier: Apache-2.0
"""The sequence-level policy loss of GSPO, also for batches with golden answers; needs PyTorch."""

from __future__ import annotations

from dataclasses import dataclass

try:
    import torch
except ImportError as missing:
    raise ImportError(
        "gcpo_advantage.losses: no torch (expected: PyTorch, as by pip install torch)"
    ) from missing

CLIP_LOW = 3e-4
CLIP_HIGH = 4e-4
MAX_LOG_RATIO = 10.0


@dataclass(frozen=True, eq=False)
class SequenceLossStatistics:
    """What a trainer logs of :func:`sequence_policy_loss`; no gradient goes through it.

    Attributes:
        ratios: [B] sequence-level importance ratios, > 0; 1 for a row without tokens. As
            ``GroupResult.importance_ratios`` for sums over the same tokens.
        clipped: [B] bool: the ratio is outside the clip range on the side that matters to the
            advantage, so the row has no gradient. As ``GroupResult.clipped``.
        counted: [B] bool: the row has a token.
        golden: [B] bool: the row is a golden answer.
    """

    ratios: torch.Tensor
    clipped: torch.Tensor
    counted: torch.Tensor
    golden: torch.Tensor

    # Properties, so that a step that logs nothing does not wait for its device.

    @property
    def clipped_share(self) -> float:
        """Of the rows with a token, in [0, 1]; 0 without any."""
        return int(self.clipped.sum()) / max(int(self.counted.sum()), 1)

    @property
    def mean_ratio(self) -> float:
        """Over the sampled rows with a token, those that are not golden; 1 without any."""
        return _mean(self.ratios[self.counted & ~self.golden])

    @property
    def golden_mean_ratio(self) -> float:
        """Over the golden rows with a token; 1 without any."""
        return _mean(self.ratios[self.counted & self.golden])


def sequence_policy_loss(
    log_probs: torch.Tensor,
    old_log_probs: torch.Tensor,
    advantages: torch.Tensor,
    mask: torch.Tensor,
    *,
    golden: torch.Tensor | None = None,
    clip_low: float = CLIP_LOW,
    clip_high: float = CLIP_HIGH,
    max_log_ratio: float = MAX_LOG_RATIO,
) -> tuple[torch.Tensor, SequenceLossStatistics]:
    """The clipped objective with one importance ratio for a whole rollout, negated.

    Over the rows i with a token, and their tokens t::

        log s_i = mean_t (log_probs[i, t] - old_log_probs[i, t]), held within max_log_ratio
        loss    = -mean_i min(s_i A_i, clip(s_i, 1 - clip_low, 1 + clip_high) A_i)

    The gradient reaches the tokens of a rollout through s_i, all alike: each gets -s_i A_i over
    the number of the rollout's tokens and of rows, and none where the row is clipped or held.

    Of the papers: ratio, objective and mean over rollouts are GSPO's (arXiv 2507.18071), the clip
    range is the one it trains with. GCPO "Go Gold" (arXiv 2510.07790) speaks of sequence-level
    importance sampling, golden answers in the place of failed rollouts, and no KL penalty; its
    formulas were not available to us, that its ratio is GSPO's is our reading. Ours: the hold,
    which is the service's, and that rows without tokens count for nothing.

    A golden answer is a row like any other, with ``GoldResult.advantage``. It was not sampled: its
    ``old_log_probs`` come from a forward pass of the old policy over its tokens (teacher forcing),
    before the first update. The rollout whose place it took is left out with a mask of zeros, or is
    not in the batch.

    Args:
        log_probs: [B, T] of the tokens under the policy being trained, in nats; takes the gradient.
        old_log_probs: [B, T] the same under the policy that sampled.
        advantages: [B], of the rollouts.
        mask: [B, T] bool or 0 and 1: generated tokens. What stands elsewhere is not looked at, be
            it NaN.
        golden: [B] bool: golden rows, for the statistics alone. None: there are none.
        clip_low: in [0, 1].
        clip_high: >= 0.
        max_log_ratio: > 0.

    Returns:
        The loss, a scalar in float32, or float64 where ``log_probs`` is: the clip range is finer
        than half precision. 0 without rows. Not finite where a log-probability is NaN.

    Raises:
        ValueError: shapes that do not fit together, or a range that is none.
    """
    _check(log_probs, old_log_probs, advantages, mask, golden)
    if not (0 <= clip_low <= 1 and clip_high >= 0 and max_log_ratio > 0):
        raise ValueError(
            f"clip_low: {clip_low}, clip_high: {clip_high}, max_log_ratio: {max_log_ratio}"
            " (expected: in [0, 1], >= 0, > 0)"
        )
    dtype = torch.promote_types(log_probs.dtype, torch.float32)
    generated = mask.bool()
    tokens = generated.sum(dim=1)
    difference = log_probs.to(dtype) - old_log_probs.detach().to(dtype)
    # where, and not a product: padding may hold what no number times 0 makes 0.
    sums = torch.where(generated, difference, difference.new_zeros(())).sum(dim=1)
    log_ratios = (sums / tokens.clamp(min=1)).clamp(-max_log_ratio, max_log_ratio)
    ratios = log_ratios.exp()
    weights = advantages.detach().to(dtype)
    objective = torch.minimum(ratios * weights, ratios.clamp(1 - clip_low, 1 + clip_high) * weights)
    counted = tokens > 0
    kept = torch.where(counted, objective, objective.new_zeros(()))
    loss = -kept.sum() / counted.sum().clamp(min=1)
    fixed = ratios.detach()
    high = (weights > 0) & (fixed > 1 + clip_high)
    low = (weights < 0) & (fixed < 1 - clip_low)
    return loss, SequenceLossStatistics(
        ratios=fixed,
        clipped=(high | low) & counted,
        counted=counted,
        golden=torch.zeros_like(counted) if golden is None else golden.bool(),
    )


def _mean(ratios: torch.Tensor) -> float:
    return float(ratios.mean()) if ratios.numel() else 1.0


def _check(
    log_probs: torch.Tensor,
    old_log_probs: torch.Tensor,
    advantages: torch.Tensor,
    mask: torch.Tensor,
    golden: torch.Tensor | None,
) -> None:
    if log_probs.dim() != 2:
        raise ValueError(f"log_probs: {list(log_probs.shape)} (expected: [B, T])")
    rows, width = log_probs.shape
    for name, tensor, expected in (
        ("old_log_probs", old_log_probs, [rows, width]),
        ("mask", mask, [rows, width]),
        ("advantages", advantages, [rows]),
        ("golden", golden, [rows]),
    ):
        if tensor is not None and list(tensor.shape) != expected:
            raise ValueError(f"{name}: {list(tensor.shape)} (expected: {expected})")
