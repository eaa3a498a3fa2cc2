# SPDX-License-Identifier: Apache-2.0
"""The fake verl as importable modules, and batches for its two trainers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import gcpo_advantage_hooks
from gcpo_advantage.adapters import verl as adapter
from gcpo_advantage.adapters.verl import _seams

PAD = 0
GROUPS = {
    # Three that are right: the credits of two would be equal whatever they say.
    "u1": ["2 + 2 = 4", "Two and two make four.", "2 + 2 = 5", "2 plus 2 = 4"],
    "u2": ["The sum is 9.", "3 * 3 = 9, so nine."],
}
REWARDS = {"u1": [1.0, 1.0, 0.0, 1.0], "u2": [0.0, 1.0]}
PROMPT = "What is it?"


class ByteTokenizer:
    """A token for each byte of UTF-8, and 1 for the end."""

    eos_token_id = 1

    def encode(self, text: str) -> list[int]:
        return [2 + byte for byte in text.encode()]

    def decode(self, token_ids: Sequence[int], skip_special_tokens: bool = False) -> str:
        assert skip_special_tokens
        return bytes(i - 2 for i in token_ids if i > 1).decode()


def importable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Until it is closed, ``import verl`` finds the fake, as if for the first time."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "fake_verl"))
    _forget()
    yield
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "verl"]:
        del sys.modules[name]
    sys.meta_path[:] = [
        each for each in sys.meta_path if not isinstance(each, gcpo_advantage_hooks._Finder)
    ]
    _seams._trainers.clear()
    _seams._pending.clear()
    adapter._unfit.clear()


def config(estimator: str = adapter.ESTIMATOR, **gcpo: Any) -> Any:  # noqa: ANN401
    from verl.protocol import Config

    algorithm = Config(adv_estimator=estimator, gcpo=gcpo)
    rollout = SimpleNamespace(n=3)
    return SimpleNamespace(algorithm=algorithm, actor_rollout_ref=SimpleNamespace(rollout=rollout))


def rows() -> list[tuple[str, str, float]]:
    """Of both groups, interleaved: uid, text, reward."""
    every = [
        (uid, text, reward)
        for uid in GROUPS
        for text, reward in zip(GROUPS[uid], REWARDS[uid], strict=True)
    ]
    return every[::2] + every[1::2]


def data_proto(rewards: Sequence[float] | None = None, **columns: Sequence[Any]) -> Any:  # noqa: ANN401
    """Prompts padded left, responses right; the reward on the last token."""
    import torch
    from verl.protocol import DataProto

    tokenizer = ByteTokenizer()
    every = rows()
    prompt = tokenizer.encode(PROMPT)
    left = 2
    answers = [[*tokenizer.encode(text), tokenizer.eos_token_id] for _, text, _ in every]
    width = max(map(len, answers)) + 1
    responses = torch.full((len(every), width), PAD)
    mask = torch.zeros((len(every), width), dtype=torch.int64)
    scores = torch.zeros((len(every), width))
    for i, answer in enumerate(answers):
        responses[i, : len(answer)] = torch.tensor(answer)
        mask[i, : len(answer)] = 1
        scores[i, len(answer) - 1] = every[i][2] if rewards is None else rewards[i]
    prompts = torch.tensor([[PAD] * left + prompt] * len(every))
    batch = {
        "prompts": prompts,
        "responses": responses,
        "attention_mask": torch.cat([(prompts != PAD).long(), mask], dim=1),
        "response_mask": mask,
        "token_level_scores": scores,
    }
    named = {"uid": [uid for uid, _, _ in every], **columns}
    arrays = {name: np.empty(len(every), dtype=object) for name in named}
    for name, values in named.items():
        arrays[name][:] = values
    return DataProto(batch=batch, non_tensor_batch=arrays)


def queued(
    sessions: Sequence[tuple[str, str, float]],
    *,
    padding: int = 0,
    **columns: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Rows (key, text, reward) in TransferQueue; tool output, which is no token of the policy's,
    is what stands in brackets.
    """
    import torch
    from verl.trainer.ppo.v1 import transfer_queue

    tokenizer = ByteTokenizer()
    transfer_queue.STORE.clear()
    made_up = [(f"pad7_{i}_0", "", 0.0) for i in range(padding)]
    for i, (key, text, reward) in enumerate([*sessions, *made_up]):
        ids = [*tokenizer.encode(text), tokenizer.eos_token_id]
        inside = 0
        mask = []
        for token in ids:
            inside += token == 2 + ord("[")
            mask.append(int(not inside))
            inside -= token == 2 + ord("]")
        if key.startswith("pad"):
            mask = [0]
        scores = torch.zeros(len(ids))
        scores[-1] = reward
        transfer_queue.STORE[key] = {
            "uid": key.rsplit("_", 2)[0],
            "prompts": torch.tensor(tokenizer.encode(PROMPT)),
            "responses": torch.tensor(ids),
            "response_mask": torch.tensor(mask),
            "rm_scores": scores,
            **{name: values[i] for name, values in columns.items()},
        }
    tags = [{"is_padding": True} if key.startswith("pad") else {} for key in transfer_queue.STORE]
    return transfer_queue.KVBatchMeta(keys=list(transfer_queue.STORE), tags=tags)


def row_advantages(advantages: Any, mask: Any) -> list[float]:  # noqa: ANN401
    """The one number on every token of a row, which must be nowhere else."""
    numbers = []
    for row, covered in zip(advantages, mask, strict=True):
        assert (row[covered == 0] == 0).all()
        assert len(set(row[covered == 1].tolist())) == 1
        numbers.append(float(row[covered == 1][0]))
    return numbers
