# SPDX-License-Identifier: Apache-2.0
"""The verl adapter's numbers, inside a fake of verl (see fake_verl) and against a real server."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import verl_batches
from real_server import RealServer
from verl_batches import GROUPS, REWARDS, ByteTokenizer, row_advantages

from gcpo_advantage import AdvantageClient, RolloutGroup
from gcpo_advantage.adapters import verl as adapter

pytestmark = [pytest.mark.server, pytest.mark.trainer]

GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Imported before the adapter is installed: what they have imported by name must be replaced.
    importable = verl_batches.importable(monkeypatch)
    next(importable)
    importlib.import_module("verl.experimental.separation.ray_trainer")
    importlib.import_module("verl.trainer.ppo.v1.trainer_base")
    adapter.install()
    yield
    next(importable, None)


def _direct(real: AdvantageClient) -> dict[str, dict[str, float]]:
    groups = [RolloutGroup(uid, GROUPS[uid], REWARDS[uid]) for uid in GROUPS]
    results = real.compute(groups, config=GCPO)
    return {
        uid: dict(zip(GROUPS[uid], result.advantages.tolist(), strict=True))
        for uid, result in zip(GROUPS, results, strict=True)
    }


def test_legacy_rows_have_the_advantages_of_a_direct_call(
    server: RealServer, real: AdvantageClient
) -> None:
    import torch
    from verl.trainer.ppo.ray_trainer import RayPPOTrainer

    data = verl_batches.data_proto()
    trainer = RayPPOTrainer(verl_batches.config(target=server.target, config=GCPO), ByteTokenizer())

    metrics = trainer.fit(data)

    direct = _direct(real)
    advantages = data.batch["advantages"]
    assert advantages.dtype == torch.float32
    assert advantages.shape == data.batch["responses"].shape
    assert torch.equal(advantages, data.batch["returns"])
    expected = [direct[uid][text] for uid, text, _ in verl_batches.rows()]
    assert np.ptp(expected) > 0.5
    np.testing.assert_allclose(
        row_advantages(advantages, data.batch["response_mask"]), expected, rtol=0, atol=1e-6
    )
    assert metrics["advantage_service/groups"] == 2
    assert metrics["critic/advantages/max"] == float(advantages.max())


def test_a_trainer_that_imported_it_by_name_and_skips_the_constructor(
    server: RealServer, real: AdvantageClient
) -> None:
    from verl.experimental.separation.ray_trainer import FullyAsyncTrainer

    data = verl_batches.data_proto()
    other = FullyAsyncTrainer(verl_batches.config(), tokenizer=None)
    trainer = FullyAsyncTrainer(
        verl_batches.config(target=server.target, config=GCPO), ByteTokenizer()
    )

    trainer.fit_step(data)

    direct = _direct(real)
    np.testing.assert_allclose(
        row_advantages(data.batch["advantages"], data.batch["response_mask"]),
        [direct[uid][text] for uid, text, _ in verl_batches.rows()],
        rtol=0,
        atol=1e-6,
    )
    assert trainer.metrics["advantage_service/groups"] == 2
    assert other.metrics == {}


def test_v1_counts_a_rollout_once_whatever_its_rows(
    server: RealServer, real: AdvantageClient
) -> None:
    from verl.trainer.ppo.v1 import transfer_queue
    from verl.trainer.ppo.v1.trainer_base import PPOTrainer

    # The last part of a rollout comes first, and another group stands between its parts.
    batch = verl_batches.queued(
        [
            ("u1_0_1", GROUPS["u1"][0], 1.0),
            ("u2_0_0", GROUPS["u2"][0], 0.0),
            ("u1_1_0", GROUPS["u1"][1], 1.0),
            ("u1_0_0", "Let me look. [tool: 4] Yes.", 1.0),
            ("u1_2_0", GROUPS["u1"][2], 0.0),
            ("u2_1_0", GROUPS["u2"][1], 1.0),
            ("u1_3_0", GROUPS["u1"][3], 1.0),
        ],
        padding=2,
    )
    trainer = PPOTrainer(verl_batches.config(target=server.target, config=GCPO))
    trainer.tokenizer = ByteTokenizer()
    metrics: dict[str, Any] = {}

    trainer._compute_advantage(batch, metrics=metrics)

    stored = [transfer_queue.STORE[key] for key in batch.keys]
    found = row_advantages(
        [row["advantages"] for row in stored[:7]], [row["response_mask"] for row in stored[:7]]
    )
    one, two = _direct(real).values()
    (a, b, c, f), (d, e) = one.values(), two.values()
    np.testing.assert_allclose(found, [a, d, b, a, c, e, f], rtol=0, atol=1e-6)
    assert all((row["advantages"] == 0).all() for row in stored[7:])
    assert metrics["advantage_service/groups"] == 2
    assert metrics["advantage_service/included_share"] == 1


def test_a_row_without_a_reward_gets_zero_and_counts_nowhere(
    server: RealServer, real: AdvantageClient
) -> None:
    from verl.trainer.ppo.ray_trainer import RayPPOTrainer

    every = verl_batches.rows()
    unscored = [float("nan") if text == GROUPS["u1"][1] else r for _, text, r in every]
    data = verl_batches.data_proto(rewards=unscored)
    config = verl_batches.config(target=server.target, config={"estimator": "grpo"})

    RayPPOTrainer(config, ByteTokenizer()).fit(data)

    found = row_advantages(data.batch["advantages"], data.batch["response_mask"])
    by_text = {text: value for (_, text, _), value in zip(every, found, strict=True)}
    scored = [GROUPS["u1"][i] for i in (0, 2, 3)]
    group = RolloutGroup("u1", scored, [1.0, 0.0, 1.0])
    (alone,) = real.compute([group], config={"estimator": "grpo"})
    assert by_text[GROUPS["u1"][1]] == 0
    np.testing.assert_allclose([by_text[text] for text in scored], alone.advantages, atol=1e-6)
