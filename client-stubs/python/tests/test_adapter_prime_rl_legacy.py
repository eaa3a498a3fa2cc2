# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer, status
from gsm8k import MIXED
from real_server import RealServer

from gcpo_advantage import AdvantageClient, ServerError
from gcpo_advantage.adapters._contract import IncompatibleTrainerError
from gcpo_advantage.adapters.prime_rl_legacy import advantages

GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}


@dataclass
class AdvantageInputs:
    """As in prime-rl 0.5.0, module ``prime_rl.orchestrator.advantage``."""

    rollouts: list[Any]


@dataclass
class AdvantageOutputs:
    """As in prime-rl 0.5.0: one for each rollout of the group."""

    advantages: list[float]


@dataclass
class RewardInputs:
    """What earlier versions give: rewards of all groups, and no texts."""

    rewards: list[list[float]]


def _rollout(text: str, reward: float | None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """As verifiers' ``RolloutOutput``, a dictionary."""
    completion = [
        {"role": "assistant", "content": text},
        {"role": "tool", "content": "4"},
    ]
    return {
        "example_id": 7,
        "prompt": [{"role": "user", "content": "What is 2 + 2?"}],
        "completion": completion,
        "reward": reward,
        "metrics": {"correct": 1.0},
        **fields,
    }


def _call(path: str, rollouts: list[Any], **kwargs: Any) -> list[float]:  # noqa: ANN401
    """As prime-rl calls a function that its configuration names."""
    module, name = path.rsplit(".", 1)
    function = getattr(importlib.import_module(module), name)
    result = function(AdvantageInputs(rollouts), **kwargs)
    assert isinstance(result, AdvantageOutputs)
    return result.advantages


PATH = "gcpo_advantage.adapters.prime_rl_legacy.advantages"


@pytest.mark.server
def test_rollouts_get_what_a_direct_call_gives(server: RealServer, real: AdvantageClient) -> None:
    for group, direct in zip(MIXED, real.compute(MIXED, config=GCPO), strict=True):
        pairs = zip(group.texts or (), group.rewards, strict=True)
        rollouts = [_rollout(text, reward) for text, reward in pairs]
        found = _call(PATH, rollouts, target=server.target, config=GCPO)
        np.testing.assert_allclose(found, direct.advantages, rtol=0, atol=1e-6)
        assert np.ptp(found) > 0


def test_columns_of_a_group(fake: FakeServer) -> None:
    rollouts = [_rollout("four", None, answer=4), _rollout("five", 1.0, completion="five")]
    config = {"gold": {}, "kernel": "prompt_residual"}
    assert _call(PATH, rollouts, target=fake.target, config=config) == [0, 1]
    (sent,) = fake.requests[-1].groups
    assert sent.group_id == "7"
    assert sent.prompt == "What is 2 + 2?"
    assert sent.golden_answer == "4"
    assert [each.text for each in sent.rollouts] == ["four", "five"]
    assert [each.HasField("reward") for each in sent.rollouts] == [False, True]
    for rollout in rollouts:
        assert rollout["metrics"]["correct"] == 1.0
        assert rollout["metrics"]["advantage_service/groups"] == 1.0


def test_settings_come_from_the_environment_where_kwargs_have_none(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    assert _call(PATH, [_rollout("four", 1.0)], timeout=19.0) == [0]
    with pytest.raises(ValueError, match=r"gcpo\.tiemout \(expected: one of target"):
        _call(PATH, [_rollout("four", 1.0)], tiemout=19.0)


def test_an_empty_group_asks_nothing(fake: FakeServer) -> None:
    assert _call(PATH, [], target=fake.target) == []
    assert fake.calls == 0


def test_a_failed_call_is_raised(fake: FakeServer) -> None:
    def break_it(answer: Any) -> None:  # noqa: ANN401
        answer.results[0].error.CopyFrom(status(13, "broken", "DEFECT"))

    fake.distort = break_it
    with pytest.raises(ServerError):
        _call(PATH, [_rollout("four", 1.0)], target=fake.target, timeout=18)


@pytest.mark.parametrize(
    "inputs",
    [RewardInputs([[1.0]]), AdvantageInputs([[_rollout("four", 1.0)]])],
    ids=["rewards alone", "all groups at once"],
)
def test_other_versions_are_refused(inputs: Any) -> None:  # noqa: ANN401
    with pytest.raises(IncompatibleTrainerError, match=r"as in prime-rl 0\.4 to 0\.6"):
        advantages(inputs)
