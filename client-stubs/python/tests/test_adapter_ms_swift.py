# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import importlib
import importlib.util
import runpy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fake_ms_swift import GRPOTrainer, TrainerFactory, put_ms_swift, sample
from fake_server import FakeServer, status

from gcpo_advantage import ServerError
from gcpo_advantage.adapters import ms_swift as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError, require
from gcpo_advantage.adapters._settings import AdapterSettings

pytestmark = pytest.mark.trainer

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ms_swift_plugin.py"


@pytest.fixture(autouse=True)
def _swift(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    put_ms_swift(monkeypatch)
    yield
    adapter.AdvantageServiceMixin.advantage_settings = None
    importlib.import_module("accelerate.state").AcceleratorState._reset_state(True)


def _trainer(fake: FakeServer, config: Any = None, **options: Any) -> Any:  # noqa: ANN401
    adapter.install(AdapterSettings(target=fake.target, config=config or {}, timeout=20))
    made = TrainerFactory.get_trainer_cls(SimpleNamespace(rlhf_type="grpo"))
    assert issubclass(made, GRPOTrainer)
    return made(num_generations=2, weights=[1.0, 0.5], **options)


def test_groups_of_prompts_and_what_each_sample_says(fake: FakeServer) -> None:
    trainer = _trainer(fake, {"kernel": "prompt_residual"})
    # Two rounds of dynamic sampling, each of which counts its prompts from 0.
    samples = [
        sample("four", None, None, request_id="1", response_token_ids=[[1, 2, 3]]),
        sample({"token_ids": [53, 0]}, 1.0, 1.0, request_id="3"),
        sample([52, 0], 0.0, None, request_id="2", response_token_ids=[52, 0]),
        sample([{"type": "text", "text": "6"}, {"type": "image"}], 0.0, 1.0, request_id="4"),
    ]
    for each in samples:
        each.prompt_id = "prompt_0"
    samples[3].messages[0]["content"] = samples[2].messages[0]["content"] = "What is 3 + 3?"
    advantages = trainer.step(samples)
    assert advantages.tolist() == [0, 1, 0, 1]
    assert str(advantages.dtype) == "torch.float32"
    sent = fake.requests[-1].groups
    assert [group.prompt for group in sent] == ["What is 2 + 2?", "What is 3 + 3?"]
    rollouts = [rollout for group in sent for rollout in group.rollouts]
    assert [rollout.text for rollout in rollouts] == ["four", "5", "4", "6"]
    rewards = [rollout.reward if rollout.HasField("reward") else None for rollout in rollouts]
    assert rewards == [None, 1.5, 0.0, 0.5]
    assert [rollout.generated_tokens for rollout in rollouts] == [3, 0, 2, 0]


def test_gdpo_gets_the_rewards_by_function(fake: FakeServer) -> None:
    trainer = _trainer(fake, {"estimator": "gdpo"})
    trainer.step([sample("a", 1.0, 0.5), sample("b", 0.0, None)])
    (request,) = fake.requests
    assert dict(request.config.component_weights) == {"function 0": 1.0, "function 1": 0.5}
    first, second = request.groups[0].rollouts
    assert dict(first.reward_components) == {"function 0": 1.0, "function 1": 0.5}
    assert dict(second.reward_components) == {"function 0": 0.0}


def test_metrics_go_beside_the_trainers_own(fake: FakeServer) -> None:
    trainer = _trainer(fake)
    trainer.step([sample("a", 1.0, 0.0), sample("b", 0.0, 0.0)])
    trainer.model.training = False
    trainer.step([sample("c", 1.0, 0.0), sample("d", 0.0, 0.0), sample("e", 0.0, 0.0)])
    train, evaluation = trainer._metrics["train"], trainer._metrics["eval"]
    assert train["reward"] == [0.5]
    assert train["advantage_service/groups"] == [1.0]  # by position, two a group
    assert evaluation["advantage_service/groups"] == [3.0]  # one a group


def test_samples_of_one_request_are_one_rollout_in_ragged_groups(fake: FakeServer) -> None:
    trainer = _trainer(fake)
    trainer.dynamic_num_samples = True
    ids = [("a", "1"), ("a", "1"), ("b", "2"), ("a", "3"), ("b", "2"), ("a", "4")]
    samples = [
        sample(f"text {i}", 1.0, 0.0, prompt_id=prompt, request_id=request)
        for i, (prompt, request) in enumerate(ids)
    ]
    assert trainer.step(samples).tolist() == [0, 0, 0, 1, 0, 2]
    first, second = fake.requests[-1].groups
    assert [rollout.text for rollout in first.rollouts] == ["text 1", "text 3", "text 5"]
    assert [rollout.text for rollout in second.rollouts] == ["text 4"]


def test_all_turns_of_a_conversation_are_its_text(fake: FakeServer) -> None:
    trainer = _trainer(fake)
    turns = [[72, 105, 0], [52, 0]]
    trainer.step([sample("4", 1.0, 0.0, response_token_ids=turns), sample("5", 0.0, 0.0)])
    (group,) = fake.requests[-1].groups
    assert [rollout.text for rollout in group.rollouts] == ["Hi\n4", "5"]


def test_golden_answers_are_the_column_solution(
    fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    trainer = _trainer(fake, {"gold": {}})
    one = sample("4", 1.0, 0.0, extra={"solution": "2 + 2 = 4"})
    trainer.step([one, one, sample("5", 1.0, 0.0), sample("6", 1.0, 0.0)])
    assert [group.golden_answer for group in fake.requests[-1].groups] == ["2 + 2 = 4", ""]
    assert caplog.text.count("golden_field: solution: no golden answer in 1 of 2 groups") == 1


def test_a_failed_call_is_raised(fake: FakeServer) -> None:
    def break_it(answer: Any) -> None:  # noqa: ANN401
        for result in getattr(answer, "results", ()):
            result.error.CopyFrom(status(13, "broken", "DEFECT"))

    fake.distort = break_it
    samples = [sample("a", 1.0, 0.0), sample("b", 0.0, 0.0)]
    with pytest.raises(ServerError):
        _trainer(fake).step(samples)
    assert samples[0].advantages is None


def test_kl_in_rewards_is_refused(fake: FakeServer) -> None:
    with pytest.raises(ValueError, match=r"kl_in_reward: True \(expected: False"):
        _trainer(fake, kl_in_reward=True)
    _trainer(fake, kl_in_reward=True, beta=0.0)  # where it has no effect


def test_a_timeout_that_other_ranks_do_not_wait_for_is_refused(fake: FakeServer) -> None:
    with pytest.raises(ValueError, match=r"timeout: 20 \(expected: below ddp_timeout, 20"):
        _trainer(fake, ddp_timeout=20)


def test_without_reward_functions_the_teacher_alone_counts(fake: FakeServer) -> None:
    import torch

    trainer = _trainer(fake)
    trainer.reward_weights = torch.zeros(0)
    rewards = torch.zeros(2, 0)
    assert trainer._compute_advantages([sample("a"), sample("b")], rewards, []).tolist() == [0, 0]
    assert fake.calls == 0


def test_the_example_installs_it(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    runpy.run_path(str(EXAMPLE))
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    made = TrainerFactory.get_trainer_cls(SimpleNamespace(rlhf_type="grpo"))
    with pytest.raises(ValueError, match="GCPO_TARGET"):
        made(num_generations=2, weights=[1.0])
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    assert made(num_generations=2, weights=[1.0]).step([sample("a", 1.0)]).tolist() == [0]


def test_another_ms_swift_is_refused_with_the_tested_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Other:
        def _compute_advantages(self, inputs: Any, rewards_per_func: Any) -> Any:  # noqa: ANN401
            pass

    with monkeypatch.context() as changed:
        changed.setattr("swift.rlhf_trainers.grpo_trainer.GRPOTrainer", Other)
        with pytest.raises(IncompatibleTrainerError, match=r"expected: as in ms-swift 4\.6"):
            adapter.install()
    monkeypatch.setattr(TrainerFactory, "TRAINER_MAPPING", {})
    with pytest.raises(IncompatibleTrainerError, match="TRAINER_MAPPING"):
        adapter.install()


if importlib.util.find_spec("swift") is not None:

    def test_the_installed_ms_swift_has_the_seams(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        require("ms-swift", adapter._TESTED, adapter._SEAMS)
