# SPDX-License-Identifier: Apache-2.0
"""Rollouts of language models for five problems of GSM8K; see data/README.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gcpo_advantage import RolloutGroup

_DATA = Path(__file__).resolve().parent / "data" / "gsm8k_groups.jsonl"


def _read(line: str) -> RolloutGroup:
    group: dict[str, Any] = json.loads(line)
    rollouts = group["rollouts"]
    return RolloutGroup(
        group["group_id"],
        [rollout["text"] for rollout in rollouts],
        [rollout["reward"] for rollout in rollouts],
        prompt=group["prompt"],
        golden_answer=group["golden_answer"],
        rollout_ids=[rollout["rollout_id"] for rollout in rollouts],
    )


GROUPS = [_read(line) for line in _DATA.read_text(encoding="utf-8").splitlines()]
MIXED = GROUPS[:3]
ALL_RIGHT, ALL_WRONG = GROUPS[3:]
