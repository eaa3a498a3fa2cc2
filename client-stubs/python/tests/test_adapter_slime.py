# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import importlib.util
import math
import threading
from collections.abc import Sequence
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer
from fake_slime import Sample, arguments, converted
from gsm8k import MIXED
from real_server import RealServer

from gcpo_advantage import AdvantageClient, UnavailableError
from gcpo_advantage.adapters import slime as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError

GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}


def _samples(groups: Sequence[Any] = MIXED) -> list[Sample]:
    return [
        Sample(
            group_index=number,
            index=100 * number + i,
            response=text,
            response_length=3,
            reward=reward,
            label=f"answer {number}",
            prompt=[{"role": "user", "content": f"question {number}"}],
        )
        for number, group in enumerate(groups)
        for i, (text, reward) in enumerate(zip(group.texts, group.rewards, strict=True))
    ]


@pytest.mark.server
def test_tokens_have_the_advantages_of_a_direct_call(
    server: RealServer, real: AdvantageClient
) -> None:
    samples = _samples()
    args = arguments(gcpo={"target": server.target, "config": GCPO})

    data = converted(args, samples, adapter.advantages)

    expected = np.concatenate([r.advantages for r in real.compute(MIXED, config=GCPO)])
    assert np.ptp(expected) > 0.5
    np.testing.assert_allclose(data["rewards"], expected, rtol=0, atol=1e-6)
    assert data["advantages"] == [[value] * 3 for value in data["rewards"]]
    assert data["raw_reward"] == [sample.reward for sample in samples]
    assert samples[-1].metadata["advantage_service"]["groups"] == len(MIXED)


@pytest.mark.server
def test_rollout_of_several_samples_counts_once(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", server.target)
    monkeypatch.setenv("GCPO_CONFIG", '{"estimator": "gcpo_cooperative"}')
    samples = _samples(MIXED[:1])
    _, plain = adapter.advantages(arguments(), samples)
    for sample in samples:
        sample.rollout_id = sample.index
    early = Sample(group_index=0, rollout_id=samples[1].index, response="Hm.", reward=7.0)

    _, fanned = adapter.advantages(arguments(), [*samples[:1], early, *samples[1:]])

    np.testing.assert_allclose(fanned, [plain[0], plain[1], *plain[1:]], rtol=0, atol=1e-6)


def test_sends_what_slime_knows(fake: FakeServer) -> None:
    samples = _samples(MIXED[:1])
    for sample in samples:
        sample.reward = {"score": sample.reward, "length": 9}
    samples[0].reward = None
    samples[1].loss_mask = [1, 0, 1]
    samples[2].group_index = 5
    samples[2].label = None
    config = {"gold": {}, "kernel": "prompt_residual"}
    args = arguments(gcpo={"target": fake.target, "config": config}, reward_key="score")

    raw, found = adapter.advantages(args, samples)

    assert math.isnan(raw[0])
    assert found == [0, 1, 0, 2]
    first, second = fake.requests[0].groups
    assert (first.golden_answer, second.golden_answer) == ("answer 0", "")
    assert first.prompt == "question 0"
    assert [r.HasField("reward") for r in first.rollouts] == [False, True, True]
    assert [rollout.generated_tokens for rollout in first.rollouts] == [3, 2, 3]


def test_golden_field_is_found_in_metadata(fake: FakeServer) -> None:
    (sample,) = _samples(MIXED[:1])[:1]
    sample.metadata = {"solution": "because"}
    options = {
        "target": fake.target,
        "config": {"estimator": "gcpo_gold"},
        "golden_field": "metadata.solution",
        "prefetched": True,
    }

    adapter.advantages(arguments(gcpo=options), [sample])

    assert fake.requests[0].groups[0].golden_answer == "because"
    assert fake.requests[0].groups[0].rollouts[0].HasField("content_sha256")
    assert fake.requests[1].groups[0].rollouts[0].text == sample.response


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"advantage_estimator": "reinforce_plus_plus"}, "--advantage-estimator: reinforce_plus"),
        ({"advantage_estimator": "ppo"}, "--advantage-estimator: ppo"),
        ({"normalize_advantages": True}, "--normalize-advantages"),
    ],
)
def test_arguments_that_would_change_the_advantages(
    fake: FakeServer, changed: dict[str, Any], message: str
) -> None:
    args = arguments(gcpo={"target": fake.target}, **changed)

    with pytest.raises(ValueError, match=message):
        adapter.advantages(args, _samples())
    assert fake.calls == 0


def test_sample_without_a_group(fake: FakeServer) -> None:
    samples = _samples(MIXED[:1])
    samples[2].group_index = None
    with pytest.raises(ValueError, match=r"samples\[2\]\.group_index: None"):
        adapter.advantages(arguments(gcpo={"target": fake.target}), samples)


def test_samples_that_are_not_flat(fake: FakeServer) -> None:
    nested: Any = [_samples(MIXED[:1])]
    with pytest.raises(IncompatibleTrainerError, match=r"flat list of Sample, as in slime 0\.3\.1"):
        adapter.advantages(arguments(gcpo={"target": fake.target}), nested)


def test_a_failed_call_raises(fake: FakeServer) -> None:
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 50
    args = arguments(gcpo={"target": fake.target, "timeout": 5.0})
    with pytest.raises(UnavailableError):
        adapter.advantages(args, _samples())


@pytest.mark.parametrize("grouped", [False, True])
def test_prefetching_sends_finished_responses_to_the_target_of_the_step(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch, grouped: bool
) -> None:
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    args = arguments(gcpo={"target": fake.target})
    answered = threading.Event()
    fake.distort = lambda answer: answered.set()
    samples = _samples(MIXED[:1])

    @adapter.prefetching
    async def score(args: object, samples: object, **_: object) -> str:
        return "scored"

    assert asyncio.run(score(args, samples if grouped else samples[0])) == "scored"
    assert answered.wait(20)
    sent = [sample.response for sample in (samples if grouped else samples[:1])]
    assert [list(request.texts) for request in fake.requests] == [sent]


if importlib.util.find_spec("slime"):

    def test_the_slime_that_is_installed_fits() -> None:
        from slime.utils.types import Sample as Real

        assert set(Sample.__dataclass_fields__) <= set(Real.__dataclass_fields__)
