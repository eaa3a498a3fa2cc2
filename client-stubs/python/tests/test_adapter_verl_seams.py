# SPDX-License-Identifier: Apache-2.0
"""How the verl adapter gets in, what it sends and how it fails."""

from __future__ import annotations

import importlib.util
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import verl_batches
from fake_server import FakeServer
from verl_batches import GROUPS, ByteTokenizer

from gcpo_advantage import UnavailableError
from gcpo_advantage.adapters import verl as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError, require
from gcpo_advantage.adapters.verl import _seams

PLUGIN = "gcpo_advantage_hooks.verl"


@pytest.fixture
def fake_verl(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from verl_batches.importable(monkeypatch)


def _imported_by(module: str) -> set[str]:
    """In a fresh interpreter."""
    code = f"import {module}, sys; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def _legacy_step(fake: FakeServer, data: Any, **gcpo: Any) -> dict[str, Any]:  # noqa: ANN401
    from verl.trainer.ppo.ray_trainer import RayPPOTrainer

    config = verl_batches.config(target=fake.target, **gcpo)
    return RayPPOTrainer(config, ByteTokenizer()).fit(data)


@pytest.mark.trainer
def test_plugin_imports_no_trainer_and_fits_it_when_verl_does(
    fake_verl: None, fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERL_USE_EXTERNAL_MODULES", PLUGIN)
    monkeypatch.delitem(sys.modules, PLUGIN, raising=False)
    import verl

    assert [name for name in sys.modules if name.startswith("verl.")] == []
    assert _imported_by(PLUGIN).isdisjoint(("gcpo_advantage", "grpc", "numpy", "torch", "verl"))
    from verl.trainer.ppo.v1 import trainer_base

    assert trainer_base.PPOTrainer._compute_advantage.gcpo_wrapped
    data = verl_batches.data_proto()
    assert _legacy_step(fake, data)["advantage_service/groups"] == 2
    assert verl.__name__ == "verl"
    assert len(fake.requests) == 1


@pytest.mark.trainer
def test_installing_twice_is_installing_once(fake_verl: None, fake: FakeServer) -> None:
    adapter.install()
    adapter.install()

    _legacy_step(fake, verl_batches.data_proto())

    assert len(fake.requests) == 1


@pytest.mark.trainer
def test_other_estimators_are_left_alone(fake_verl: None, fake: FakeServer) -> None:
    from verl.trainer.ppo.core_algos import AdvantageEstimator
    from verl.trainer.ppo.ray_trainer import RayPPOTrainer
    from verl.trainer.ppo.v1.trainer_base import PPOTrainer

    adapter.install()
    config = verl_batches.config(AdvantageEstimator.GRPO, target=fake.target)
    metrics = RayPPOTrainer(config, ByteTokenizer()).fit(verl_batches.data_proto())
    v1_metrics: dict[str, Any] = {}
    batch = verl_batches.queued([("u_0_0", "a", 1.0), ("u_1_0", "b", 0.0)])
    PPOTrainer(config)._compute_advantage(batch, v1_metrics)

    assert list(metrics) == ["critic/advantages/max"]
    assert v1_metrics == {}
    assert fake.calls == 0


@pytest.mark.trainer
@pytest.mark.parametrize("prefetched", [False, True])
def test_request_has_what_the_configuration_asks_for(
    fake_verl: None, fake: FakeServer, prefetched: bool
) -> None:
    adapter.install()
    uids = [uid for uid, _, _ in verl_batches.rows()]
    data = verl_batches.data_proto(
        reward_model=[{"ground_truth": 4 if uid == "u1" else None} for uid in uids],
        extra_info=[{"answer": f"so {uid}"} for uid in uids],
    )
    gold = {"config": {"gold": {}, "kernel": "prompt_residual"}, "prefetched": prefetched}
    if prefetched:
        gold["golden_field"] = "extra_info.answer"

    _legacy_step(fake, data, **gold)

    groups = {group.group_id: group for group in fake.requests[-1].groups}
    wanted = {"u1": "so u1", "u2": "so u2"} if prefetched else {"u1": "4", "u2": ""}
    assert {uid: group.golden_answer for uid, group in groups.items()} == wanted
    assert {group.prompt for group in groups.values()} == {verl_batches.PROMPT}
    rollouts = groups["u1"].rollouts
    assert sorted(rollout.generated_tokens for rollout in rollouts) == sorted(
        len(text) + 1 for text in GROUPS["u1"]
    )
    assert fake.requests[0].groups[0].rollouts[0].HasField("text") is not prefetched


@pytest.mark.trainer
def test_v1_reads_golden_answers_and_prompts_from_the_queue(
    fake_verl: None, fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    from verl.trainer.ppo.v1.trainer_base import PPOTrainer

    adapter.install()
    batch = verl_batches.queued(
        [("u_0_0", "a [tool]", 1.0), ("u_0_1", "bcd", 1.0), ("w_0_0", "e", 0.0)],
        reward_model=[{"ground_truth": "42"}, {"ground_truth": "42"}, {"style": "rule"}],
    )
    config = verl_batches.config(
        target=fake.target, config={"gold": {}, "kernel": "prompt_residual"}
    )
    trainer = PPOTrainer(config)
    trainer.tokenizer = ByteTokenizer()

    with caplog.at_level(logging.WARNING):
        trainer._compute_advantage(batch, {})

    first, second = fake.requests[0].groups
    assert (first.golden_answer, second.golden_answer) == ("42", "")
    assert [rollout.text for rollout in first.rollouts] == ["bcd"]
    assert [rollout.generated_tokens for rollout in first.rollouts] == [3 + 4]
    assert (first.prompt, second.prompt) == (verl_batches.PROMPT, verl_batches.PROMPT)
    assert "no golden answer in 1 of 2 groups" in caplog.text


@pytest.mark.trainer
def test_a_failed_call_fails_the_step(fake_verl: None, fake: FakeServer) -> None:
    adapter.install()
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 50
    data = verl_batches.data_proto()

    with pytest.raises(UnavailableError):
        _legacy_step(fake, data, timeout=5.0)

    assert "advantages" not in data.batch


@pytest.mark.trainer
def test_settings_are_read_when_a_trainer_is_made(
    fake_verl: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verl.trainer.ppo.ray_trainer import RayPPOTrainer
    from verl.trainer.ppo.v1.trainer_base import PPOTrainer

    monkeypatch.delenv("GCPO_TARGET", raising=False)
    adapter.install()
    with pytest.raises(ValueError, match="target"):
        RayPPOTrainer(verl_batches.config(), ByteTokenizer())
    with pytest.raises(ValueError, match=r"gcpo\.tagret"):
        PPOTrainer(verl_batches.config(tagret="there:1"))
    assert PPOTrainer(verl_batches.config("grpo")).config.algorithm.adv_estimator == "grpo"


@pytest.mark.trainer
def test_estimator_called_from_elsewhere_says_what_is_missing(fake_verl: None) -> None:
    import torch
    from verl.trainer.ppo.core_algos import get_adv_estimator_fn

    adapter.install()
    estimator = get_adv_estimator_fn("gcpo_remote")
    with pytest.raises(IncompatibleTrainerError, match="without the texts of its rows"):
        estimator(torch.zeros(1, 2), torch.ones(1, 2), index=["u"])


@pytest.mark.trainer
def test_plugin_in_a_verl_that_does_not_fit_fails_only_who_chooses_it(
    fake_verl: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import torch
    from verl.trainer.ppo import ray_trainer
    from verl.trainer.ppo.core_algos import get_adv_estimator_fn

    monkeypatch.setattr(ray_trainer, "compute_advantage", lambda batch: batch)
    monkeypatch.delitem(sys.modules, PLUGIN, raising=False)
    with caplog.at_level(logging.WARNING):
        importlib.import_module(PLUGIN)

    assert "not usable" in caplog.text
    with pytest.raises(IncompatibleTrainerError, match=r"ray_trainer\.compute_advantage\(batch\)"):
        get_adv_estimator_fn("gcpo_remote")(torch.zeros(1, 1), torch.ones(1, 1), index=["u"])
    with pytest.raises(IncompatibleTrainerError, match=_seams.TESTED):
        adapter.install()


def test_without_verl_the_message_names_the_versions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "verl").mkdir()
    (tmp_path / "verl" / "__init__.py").write_text("")
    verl_batches._forget()

    with pytest.raises(IncompatibleTrainerError, match=_seams.TESTED):
        adapter.install()
    verl_batches._forget()


if importlib.util.find_spec("verl"):
    PRESENT = [name for name in _seams.SEAMS if adapter._is_there(name)]

    def test_the_verl_that_is_installed_has_a_trainer() -> None:
        _seams.require_trainer(PRESENT)

    @pytest.mark.parametrize("module", PRESENT)
    def test_the_verl_that_is_installed_fits(module: str) -> None:
        require("verl", _seams.TESTED, _seams.SEAMS[module])
