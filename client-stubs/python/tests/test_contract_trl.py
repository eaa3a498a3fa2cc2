# SPDX-License-Identifier: Apache-2.0
"""What the adapter needs of the TRL that is installed."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import trl_tiny

from gcpo_advantage.adapters import trl as adapter
from gcpo_advantage.adapters._contract import Seam, require
from gcpo_advantage.adapters.trl._seams import METHODS, TESTED

pytestmark = pytest.mark.trainer

_TRAINERS = ["GRPO", "RLOO"]
_SEAMS = [
    *(
        Seam("trl", f"{kind}Trainer.{name}", METHODS[name])
        for kind in _TRAINERS
        for name in METHODS
    ),
    Seam("accelerate.utils", "gather_object", ("object",)),
    Seam("accelerate.utils", "broadcast_object_list", ("object_list",)),
]


@pytest.mark.parametrize("seam", _SEAMS, ids=str)
def test_seam(seam: Seam) -> None:
    require("trl", TESTED, [seam])


@pytest.mark.parametrize("kind", _TRAINERS)
def test_ready_class(kind: str) -> None:
    import trl

    made = getattr(adapter, f"Remote{kind}Trainer")

    assert made.__mro__[1:3] == (adapter.RemoteAdvantageMixin, getattr(trl, f"{kind}Trainer"))
    assert made is adapter.remote_trainer(made)
    assert pickle.loads(pickle.dumps(made)) is made


def test_trainers_with_other_seams_are_refused() -> None:
    from trl.experimental.async_grpo import AsyncGRPOTrainer
    from trl.experimental.grpo_with_replay_buffer import GRPOWithReplayBufferTrainer

    for trainer in (AsyncGRPOTrainer, GRPOWithReplayBufferTrainer):
        with pytest.raises(adapter.IncompatibleTrainerError, match=trainer.__name__):
            adapter.remote_trainer(trainer)


@pytest.mark.parametrize(
    ("kind", "more", "problem"),
    [
        ("RLOO", {"beta": 0.05}, "beta: 0.05"),
        ("GRPO", {"ddp_timeout": 60}, r"timeout: 60.0 \(expected: below ddp_timeout, 60"),
    ],
)
def test_arguments_that_would_go_wrong(
    tmp_path: Path, kind: str, more: dict[str, Any], problem: str
) -> None:
    import trl
    from datasets import Dataset

    arguments = trl_tiny.arguments(
        getattr(trl, f"{kind}Config"),
        **{"output_dir": str(tmp_path), "per_device_train_batch_size": 8, **more},
    )
    with pytest.raises(ValueError, match=problem):
        getattr(adapter, f"Remote{kind}Trainer")(
            model=trl_tiny.model(7),
            reward_funcs=[lambda completions, **columns: [0.0] * len(completions)],
            args=arguments,
            train_dataset=Dataset.from_dict({"prompt": ["1 + 1 ="]}),
            processing_class=trl_tiny.tokenizer(),
            advantage_service=adapter.AdapterSettings("localhost:1"),
        )
