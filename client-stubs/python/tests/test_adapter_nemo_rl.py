# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import importlib.util
import math
import pickle
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_nemo_rl import (
    GRPO,
    SETUP,
    SYNC,
    batch,
    grpo_train,
    master_config,
    message_log,
    put_nemo_rl,
    tensors_only,
)
from fake_server import FakeServer, status
from gsm8k import MIXED
from real_server import RealServer

from gcpo_advantage import AdvantageClient, ServerError
from gcpo_advantage.adapters import nemo_rl as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError, require
from gcpo_advantage.adapters._settings import AdapterSettings

pytestmark = pytest.mark.trainer

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "nemo_rl_train.py"
GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}


@pytest.fixture(autouse=True)
def _nemo(monkeypatch: pytest.MonkeyPatch) -> None:
    put_nemo_rl(monkeypatch)


def _install(fake: FakeServer, **settings: Any) -> None:  # noqa: ANN401
    adapter.install(AdapterSettings(target=fake.target, timeout=20, **settings))


@pytest.mark.server
def test_rows_get_what_a_direct_call_gives(server: RealServer, real: AdvantageClient) -> None:
    adapter.install(AdapterSettings(target=server.target, config=GCPO))
    logs, rewards = [], []
    for group in MIXED:
        for text, reward in zip(group.texts or (), group.rewards, strict=True):
            logs.append(message_log(group.prompt or "", text))
            rewards.append(float(reward or 0))
    advantages, logged = grpo_train(master_config({"name": "grpo"}), batch(logs, rewards))
    direct = real.compute(MIXED, config=GCPO)
    expected = np.concatenate([result.advantages for result in direct])
    assert advantages.shape == (len(rewards), 5)
    for token in range(5):
        np.testing.assert_allclose(advantages[:, token].numpy(), expected, rtol=0, atol=1e-6)
    assert np.ptp(expected) > 0
    assert logged["advantage_service/groups"] == 3.0
    assert "advantages/mean" in logged


def test_what_a_row_says(fake: FakeServer) -> None:
    _install(fake, config={"kernel": "prompt_residual"})
    logs = [
        message_log("2 + 2?", "I ask.", "Four."),
        message_log("3 + 3?", "Six."),
        message_log("2 + 2?", "4"),
    ]
    advantages, _ = grpo_train(master_config(None), batch(logs, [math.nan, 0.5, 1.0]))
    assert advantages.tolist() == [[0.0] * 5, [0.0] * 5, [1.0] * 5]
    first, second = fake.requests[-1].groups
    assert (first.prompt, second.prompt) == ("2 + 2?", "3 + 3?")
    assert [rollout.text for rollout in first.rollouts] == ["I ask.\nFour.", "4"]
    assert [rollout.generated_tokens for rollout in first.rollouts] == [11, 1]
    assert [rollout.HasField("reward") for rollout in first.rollouts] == [False, True]


def test_rows_that_are_not_valid_do_not_count(fake: FakeServer) -> None:
    import torch

    estimator = adapter.AdvantageServiceEstimator(AdapterSettings(target=fake.target))
    copied = pickle.loads(pickle.dumps(estimator))
    rewards = torch.tensor([1, 1, 0])  # whole numbers, advantages are not
    fake.distort = lambda answer: _halve(answer)
    advantages = copied.compute_advantage(
        prompt_ids=torch.zeros(3, dtype=torch.long),
        rewards=rewards,
        mask=torch.ones(3, 2),
        repeated_batch=batch([message_log("2 + 2?", "4")] * 3, [1.0, 1.0, 0.0]),
        valid_mask=torch.tensor([0.0, 1.0, 1.0]),
    )
    assert advantages.tolist() == [[0.0] * 2, [0.5] * 2, [1.0] * 2]
    (group,) = fake.requests[-1].groups
    assert [rollout.HasField("reward") for rollout in group.rollouts] == [False, True, True]
    assert copied.last_metrics["advantage_service/groups"] == 1.0
    advantages[1, :1] = -3.0  # as NeMo-RL does with the tokens of a malformed message
    assert advantages.tolist() == [[0.0] * 2, [-3.0, 0.5], [1.0] * 2]


def test_golden_answers_are_ground_truths(
    fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    _install(fake, config={"gold": {}})
    logs = [message_log("2 + 2?", "4"), message_log("3 + 3?", "6")]
    grpo_train(master_config(None), batch(logs, [1.0, 1.0], ["4", None]))
    assert [group.golden_answer for group in fake.requests[-1].groups] == ["4", ""]
    grpo_train(master_config(None), batch(logs, [1.0, 1.0]))
    assert [group.golden_answer for group in fake.requests[-1].groups] == ["", ""]
    assert caplog.text.count("golden_field: ground_truth: no golden answer in 1 of 2 groups") == 1


@pytest.mark.parametrize("module", [SYNC, SETUP, GRPO])
def test_a_loop_without_texts_fails_at_its_first_call(fake: FakeServer, module: str) -> None:
    import torch

    _install(fake)
    with pytest.raises(ValueError, match="grpo_train and async_grpo_train of nemo_rl") as raised:
        tensors_only(module, master_config(None), torch.tensor([1.0, 0.0]))
    assert "grpo_sync and the single controller" in str(raised.value)
    assert fake.calls == 0


def test_settings_of_the_yaml_file_go_first(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", "127.0.0.1:1")
    monkeypatch.setenv("GCPO_TIMEOUT", "19")
    adapter.install()
    own = {"target": fake.target, "config": {"estimator": "rloo"}}
    config = master_config({"name": "grpo", "gcpo": own})
    grpo_train(config, batch([message_log("2 + 2?", "4")], [1.0]))
    assert fake.requests[-1].config.estimator > 0
    mapping = {"grpo": {"adv_estimator": {"name": "grpo", "gcpo": own}}}
    grpo_train(mapping, batch([message_log("2 + 2?", "4")], [1.0]))
    assert fake.calls == 2


def test_what_is_installed_twice_is_there_once(fake: FakeServer) -> None:
    adapter.install(AdapterSettings(target="localhost:1"))
    _install(fake)
    _, logged = grpo_train(master_config(None), batch([message_log("2 + 2?", "4")], [1.0]))
    assert logged["advantage_service/groups"] == 1.0
    assert fake.calls == 1


def test_another_estimator_is_refused_and_not_left_in_silence(fake: FakeServer) -> None:
    _install(fake)
    with pytest.raises(ValueError, match=r"adv_estimator\.name: 'gdpo' \(expected: 'grpo'"):
        grpo_train(master_config({"name": "gdpo"}), batch([message_log("2", "4")], [1.0]))


def test_rows_that_do_not_fit_are_refused(fake: FakeServer) -> None:
    _install(fake)
    rows = batch([message_log("2 + 2?", "4")], [1.0, 0.0])
    with pytest.raises(ValueError, match="message_log: 1 with 1 prompt_ids and 2 rewards"):
        grpo_train(master_config(None), rows)


def test_a_failed_call_is_raised(fake: FakeServer) -> None:
    def break_it(answer: Any) -> None:  # noqa: ANN401
        for result in getattr(answer, "results", ()):
            result.error.CopyFrom(status(13, "broken", "DEFECT"))

    _install(fake)
    fake.distort = break_it
    with pytest.raises(ServerError):
        grpo_train(master_config(None), batch([message_log("2 + 2?", "4")], [1.0]))


def test_the_example_installs_it_and_runs_a_script(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "import sys\n"
        "from fake_nemo_rl import batch, grpo_train, master_config, message_log\n"
        "assert __name__ == '__main__' and sys.argv == [__file__, '--config', 'a.yaml']\n"
        "_, logged = grpo_train(master_config(None), batch([message_log('2 + 2?', '4')], [1.0]))\n"
    )
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    monkeypatch.setattr("sys.argv", [str(EXAMPLE), str(script), "--config", "a.yaml"])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    assert len(fake.requests) == 1


def test_another_nemo_rl_is_refused_with_the_tested_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def create(config: Any) -> None:  # noqa: ANN401
        pass

    monkeypatch.setattr(f"{GRPO}._create_advantage_estimator", create)
    with pytest.raises(IncompatibleTrainerError, match=r"expected: as in nemo-rl after 0\.7\.0"):
        adapter.install()


if importlib.util.find_spec("nemo_rl") is not None:

    def test_the_installed_nemo_rl_has_the_seams(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        require("nemo-rl", adapter._TESTED, adapter._SEAMS)


def _halve(answer: Any) -> None:  # noqa: ANN401
    for result in getattr(answer, "results", ()):
        for rollout in result.advantages.rollouts:
            rollout.advantage /= 2
