# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import importlib.util
import logging
import math
import subprocess
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
from fake_prime_rl import (
    Episode,
    GRPOAlgoConfig,
    GRPOAlgorithm,
    PrimeRl,
    prime_rl,
    rollout,
)
from fake_server import FakeServer, status
from gsm8k import MIXED
from real_server import RealServer

from gcpo_advantage import AdvantageClient, ServerError
from gcpo_advantage.adapters import prime_rl as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError, require
from gcpo_advantage.adapters._settings import AdapterSettings

__all__ = ["prime_rl"]  # the fixture

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "prime_rl" / "orchestrator"
GCPO = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}


def _made(trainer: PrimeRl, target: str, **settings: Any) -> Any:  # noqa: ANN401
    adapter.install(AdapterSettings(target=target, timeout=20, **settings))
    return trainer.build(GRPOAlgoConfig())


def _advantages(episodes: list[Episode]) -> list[float]:
    """One for each trace, which all of its tokens must have."""
    found = []
    for trace in (trace for episode in episodes for trace in episode.traces):
        (value,) = set(trace.advantages())
        found.append(value)
    return found


@pytest.mark.server
def test_traces_get_what_a_direct_call_gives(
    prime_rl: PrimeRl, server: RealServer, real: AdvantageClient
) -> None:
    algorithm = _made(prime_rl, server.target, config=GCPO)
    for group, direct in zip(MIXED, real.compute(MIXED, config=GCPO), strict=True):
        pairs = zip(group.texts or (), group.rewards, strict=True)
        episodes = [rollout(text, reward) for text, reward in pairs]
        asyncio.run(PrimeRl.process(algorithm, episodes))
        np.testing.assert_allclose(_advantages(episodes), direct.advantages, rtol=0, atol=1e-6)
        assert np.ptp(direct.advantages) > 0
        logged = episodes[0].traces[0].metrics
        assert logged["advantage_service/reward_mean"] == pytest.approx(direct.rewards.mean)
        assert all(episode.traces[0].metrics == logged for episode in episodes)


def test_each_text_is_submitted_before_its_group_is_complete(
    prime_rl: PrimeRl, fake: FakeServer
) -> None:
    algorithm = _made(prime_rl, fake.target)
    group = [rollout(f"Four, {i} times.", 1.0, thought="Hm.") for i in range(3)]
    for episode in group:
        asyncio.run(algorithm.finalize_episode(episode))
    _wait_for(lambda: len(fake.kept) == 3)
    asyncio.run(algorithm.score_group(group))
    (sent,) = fake.requests[-1].groups
    assert {each.content_sha256 for each in sent.rollouts} == fake.kept
    assert _advantages(group) == [0, 1, 2]


def test_text_is_reasoning_and_content_of_all_sampled_messages(
    prime_rl: PrimeRl, fake: FakeServer
) -> None:
    algorithm = _made(prime_rl, fake.target, config={"kernel": "prompt_residual"})
    episode = rollout("Then four.", 1.0, thought="Two and two.")
    episode.traces[0].nodes += rollout("Four it is.", 1.0).traces[0].nodes
    asyncio.run(algorithm.score_group([episode]))
    (sent,) = fake.requests[-1].groups
    assert [each.text for each in sent.rollouts] == ["Two and two.\nThen four.\nFour it is."]
    assert [each.generated_tokens for each in sent.rollouts] == [6]
    assert sent.prompt == "What is 2 + 2?"


def test_partial_groups_and_traces_that_do_not_train_are_left_out(
    prime_rl: PrimeRl, fake: FakeServer
) -> None:
    algorithm = _made(prime_rl, fake.target)
    failed, frozen, unscored = rollout("a", 1.0), rollout("b", 1.0), rollout("c", None)
    failed.traces[0].ok = False
    frozen.traces[0].agent.trainable = False
    scored = rollout("d", 0.5)
    group = [failed, unscored, frozen, scored, Episode([])]
    asyncio.run(PrimeRl.process(algorithm, group))
    (sent,) = fake.requests[-1].groups
    assert [each.HasField("reward") for each in sent.rollouts] == [False, True]
    assert [episode.traces[0].advantages() for episode in (failed, frozen)] == [[], []]
    assert unscored.traces[0].advantages() == [0.0, 0.0, 0.0]
    assert scored.traces[0].advantages() == [1.0, 1.0, 1.0]
    asyncio.run(algorithm.score_group([failed]))  # nothing to score, nothing sent
    assert fake.requests[-1].groups[0] == sent


def test_a_failed_call_is_raised_and_leaves_other_groups_alone(
    prime_rl: PrimeRl, fake: FakeServer
) -> None:
    algorithm = _made(prime_rl, fake.target)
    good, bad = [rollout("good", 1.0)], [rollout("bad", 1.0)]

    def break_one(answer: Any) -> None:  # noqa: ANN401
        for result in getattr(answer, "results", ()):
            if result.group_id == bad[0].traces[0].id:
                result.error.CopyFrom(status(13, "broken", "DEFECT"))

    fake.distort = break_one

    async def both() -> list[BaseException | None]:
        groups = (algorithm.score_group(good), algorithm.score_group(bad))
        return await asyncio.gather(*groups, return_exceptions=True)

    passed, failed = asyncio.run(both())
    assert passed is None
    assert isinstance(failed, ServerError)
    assert _advantages(good) == [0.0]
    assert bad[0].traces[0].advantages() == []


@pytest.mark.parametrize(("on_failure", "expected"), [("zero", [0, 0]), ("local_grpo", [1, -1])])
def test_a_run_goes_on_without_an_answer_where_that_is_asked_for(
    prime_rl: PrimeRl,
    fake: FakeServer,
    caplog: pytest.LogCaptureFixture,
    on_failure: Any,  # noqa: ANN401
    expected: list[float],
) -> None:
    algorithm = _made(prime_rl, fake.target, on_failure=on_failure)
    fake.failures.append((grpc.StatusCode.INTERNAL, None))
    group = [rollout("good", 1.0), rollout("bad", 0.0)]
    asyncio.run(algorithm.score_group(group))
    assert np.sign(_advantages(group)).tolist() == expected
    assert f"have {on_failure} in place of an answer" in caplog.text
    assert group[0].traces[0].metrics["advantage_service/fallback_groups"] == 1.0


def test_a_text_that_cannot_be_submitted_fails_with_its_group_alone(
    prime_rl: PrimeRl, fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    algorithm = _made(prime_rl, fake.target)
    group = [rollout("\ud800", 1.0)]
    with caplog.at_level(logging.WARNING):
        asyncio.run(algorithm.finalize_episode(group[0]))
    assert "prefetch" in caplog.text
    with pytest.raises(ValueError, match="UTF-8"):
        asyncio.run(algorithm.score_group(group))
    assert group[0].traces[0].advantages() == []


def test_golden_answers_are_sent_where_they_are_asked_for(
    prime_rl: PrimeRl, fake: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    plain = _made(prime_rl, fake.target)
    asyncio.run(plain.score_group([rollout("4", 1.0, answer=4)]))
    assert not fake.requests[-1].groups[0].HasField("golden_answer")
    prime_rl.algorithms["grpo"] = GRPOAlgorithm
    gold = _made(prime_rl, fake.target, config={"gold": {}})
    asyncio.run(gold.score_group([rollout("4", 1.0, answer=4)]))
    assert fake.requests[-1].groups[0].golden_answer == "4"
    assert "golden" not in caplog.text
    for _ in range(2):
        asyncio.run(gold.score_group([rollout("4", 1.0)]))
    assert [record.message.count("no golden answer") for record in caplog.records] == [1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("length_penalty", object()),
        ("length_weighted_baseline", True),
        ("loss_aggregation", "prompt"),
    ],
)
def test_options_that_would_be_ignored_are_refused(
    prime_rl: PrimeRl,
    fake: FakeServer,
    name: str,
    value: Any,  # noqa: ANN401
) -> None:
    adapter.install(AdapterSettings(target=fake.target))
    with pytest.raises(ValueError, match=f"algo.{name}: .* \\(expected: "):
        prime_rl.build(GRPOAlgoConfig(**{name: value}))


def test_launcher_installs_and_then_starts_the_orchestrator(
    prime_rl: PrimeRl, fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter.main()
    (table,) = prime_rl.started
    assert issubclass(table["grpo"], GRPOAlgorithm)
    assert table["grpo"] is not GRPOAlgorithm
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    with pytest.raises(ValueError, match="GCPO_TARGET"):
        prime_rl.build(GRPOAlgoConfig())
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    group = [rollout("4", math.pi)]
    asyncio.run(PrimeRl.process(prime_rl.build(GRPOAlgoConfig()), group))
    assert _advantages(group) == [0.0]


def test_the_example_stands_in_for_the_command_orchestrator(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    ran = subprocess.run(
        [str(EXAMPLE), "@", "a b.toml"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "-m gcpo_advantage.adapters.prime_rl @ a b.toml\n"


def test_another_prime_rl_is_refused_with_the_tested_version(
    prime_rl: PrimeRl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def assign_advantages(rollouts: list[Any], advantage_fn: Any) -> None:  # noqa: ANN401
        pass

    with monkeypatch.context() as changed:
        changed.setattr("prime_rl.orchestrator.algo.routing.assign_advantages", assign_advantages)
        with pytest.raises(IncompatibleTrainerError, match=r"expected: as in prime-rl 0\.8"):
            adapter.install()
    monkeypatch.setattr("prime_rl.orchestrator.algo.ALGORITHM_CLASSES", {})
    with pytest.raises(IncompatibleTrainerError, match="ALGORITHM_CLASSES"):
        adapter.install()


if importlib.util.find_spec("prime_rl") is not None:

    def test_the_installed_prime_rl_has_the_seams() -> None:
        require("prime-rl", adapter._TESTED, adapter._SEAMS)


def _wait_for(condition: Any) -> None:  # noqa: ANN401
    async def poll() -> None:
        while not condition():
            await asyncio.sleep(0.005)

    asyncio.run(asyncio.wait_for(poll(), 10))
