# SPDX-License-Identifier: Apache-2.0
"""The OpenRLHF adapter, inside a fake of OpenRLHF (see fake_openrlhf)."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer
from gsm8k import MIXED
from real_server import RealServer
from verl_batches import ByteTokenizer

from gcpo_advantage import AdvantageClient, UnavailableError
from gcpo_advantage.adapters import openrlhf as adapter
from gcpo_advantage.adapters._contract import IncompatibleTrainerError, require

FAKE = Path(__file__).parent / "fake_openrlhf"
GCPO = '{"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}'
SIZE = len(MIXED[0].texts or ())
KL = 0.25


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "openrlhf"]:
        del sys.modules[name]


@pytest.fixture
def fake_openrlhf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(FAKE))
    _forget()
    yield
    _forget()


def _maker(kl_coef: float = 0.0, *, flat: bool = False, **changed: Any) -> Any:  # noqa: ANN401
    from openrlhf.trainer.ppo_trainer import EXPERIENCE_MAKER

    args = SimpleNamespace(
        rollout=SimpleNamespace(n_samples_per_prompt=SIZE),
        reward=SimpleNamespace(stop_properly_penalty_coef=changed.get("penalty")),
        algo=SimpleNamespace(
            advantage=SimpleNamespace(estimator=changed.get("estimator", "group_norm"))
        ),
    )
    if flat:
        args = SimpleNamespace(n_samples_per_prompt=SIZE, advantage_estimator="group_norm")
    strategy = SimpleNamespace(args=args)
    return EXPERIENCE_MAKER(SimpleNamespace(value=kl_coef), strategy, ByteTokenizer())


def _experience(index: Sequence[int], groups: Sequence[Any]) -> Any:  # noqa: ANN401
    """The rows of these numbers, each a prompt of three tokens and its response."""
    import torch
    from openrlhf.trainer.ppo_utils.experience import Experience

    tokenizer = ByteTokenizer()
    texts = [groups[i // SIZE].texts[i % SIZE] for i in index]
    rows = [[2, 3, 4, *tokenizer.encode(text), tokenizer.eos_token_id] for text in texts]
    width = max(map(len, rows))
    sequences = torch.zeros((len(rows), width), dtype=torch.int64)
    mask = torch.zeros((len(rows), width - 1), dtype=torch.bool)
    for row, ids in enumerate(rows):
        sequences[row, : len(ids)] = torch.tensor(ids)
        mask[row, 2 : len(ids) - 1] = True
    return Experience(
        sequences=sequences,
        action_mask=mask,
        kl=torch.full(mask.shape, KL),
        rewards=torch.tensor([float(groups[i // SIZE].rewards[i % SIZE]) for i in index]),
        index=list(index),
        prompts=[f"question {i // SIZE}" for i in index],
        labels=[f"answer {i // SIZE}" for i in index],
        info={},
    )


def _shuffled(groups: Sequence[Any]) -> list[Any]:
    """Batches of different sizes in another order, as dynamic batching makes them."""
    order = np.random.default_rng(6).permutation(len(groups) * SIZE).tolist()
    return [_experience(order[:3], groups), _experience(order[3:], groups)]


@pytest.mark.server
@pytest.mark.trainer
@pytest.mark.parametrize(
    ("flat", "kl_coef"), [(False, 0.0), (True, 0.1)], ids=["0.11", "0.10 and KL"]
)
def test_tokens_have_the_advantages_of_a_direct_call_less_the_kl(
    fake_openrlhf: None,
    server: RealServer,
    real: AdvantageClient,
    monkeypatch: pytest.MonkeyPatch,
    flat: bool,
    kl_coef: float,
) -> None:
    monkeypatch.setenv("GCPO_TARGET", server.target)
    monkeypatch.setenv("GCPO_CONFIG", GCPO)
    adapter.install()
    adapter.install()
    groups = MIXED[:2]

    experiences = _maker(kl_coef, flat=flat).make_experience_batch(_shuffled(groups))

    config = {"estimator": "gcpo_cooperative", "kernel": "embedding_cosine"}
    direct = np.concatenate([result.advantages for result in real.compute(groups, config=config)])
    assert np.ptp(direct) > 0.5
    tolerance = 1e-4 if kl_coef else 1e-6  # of hundreds of sums in float32
    for experience in experiences:
        for row, i in enumerate(experience.index):
            acted = experience.action_mask[row]
            tokens = int(acted.sum())
            to_go = kl_coef * KL * np.arange(tokens, 0, -1)
            np.testing.assert_allclose(
                experience.advantages[row][acted], direct[i] - to_go, rtol=0, atol=tolerance
            )
        assert experience.advantages is not experience.returns
        assert (experience.advantages == experience.returns).all()
        assert experience.kl is None
        metric = experience.info["advantage_service/groups"]
        assert metric.tolist() == [2.0] * len(experience.index)
        assert experience.info["return"].shape == (len(experience.index),)


@pytest.mark.trainer
def test_sends_what_openrlhf_knows(
    fake_openrlhf: None, fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setenv("GCPO_TARGET", fake.target)
    monkeypatch.setenv("GCPO_CONFIG", '{"gold": {}, "kernel": "prompt_residual"}')
    adapter.install()
    experience = _experience(range(SIZE), MIXED)
    experience.rewards = torch.tensor([2.0] * SIZE)
    experience.info["truncated"] = torch.tensor([True] + [False] * (SIZE - 1))
    experience.action_mask[1] = False

    _maker(penalty=0.5).make_experience_batch([experience])

    (group,) = fake.requests[0].groups
    assert (group.golden_answer, group.prompt) == ("answer 0", "question 0")
    assert [rollout.HasField("reward") for rollout in group.rollouts] == [True, False, True, True]
    assert [rollout.reward for rollout in group.rollouts] == [1.0, 0.0, 2.0, 2.0]
    texts = [text if i != 1 else "" for i, text in enumerate(MIXED[0].texts or ())]
    assert [rollout.text for rollout in group.rollouts] == texts
    assert [rollout.generated_tokens for rollout in group.rollouts] == [
        len(text.encode()) + 1 if text else 0 for text in texts
    ]


@pytest.mark.trainer
def test_a_failed_call_fails_the_step(
    fake_openrlhf: None, fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    monkeypatch.setenv("GCPO_TIMEOUT", "5")
    fake.failures = [(grpc.StatusCode.UNAVAILABLE, None)] * 50
    adapter.install()
    experience = _experience(range(SIZE), MIXED)

    with pytest.raises(UnavailableError):
        _maker().make_experience_batch([experience])
    assert experience.advantages is None


@pytest.mark.trainer
def test_groups_that_are_not_whole(fake_openrlhf: None, fake: FakeServer) -> None:
    adapter.install()
    for index in (range(SIZE - 1), [0, 0, *range(2, SIZE)]):
        with pytest.raises(ValueError, match=f"n_samples_per_prompt, {SIZE}, once"):
            _maker().make_experience_batch([_experience(index, MIXED)])
    assert fake.calls == 0


@pytest.mark.trainer
def test_gae_has_a_critic(fake_openrlhf: None) -> None:
    adapter.install()
    with pytest.raises(ValueError, match="gae"):
        _maker(estimator="gae").make_experience_batch([_experience(range(SIZE), MIXED)])


@pytest.mark.trainer
def test_openrlhf_that_does_not_fit(fake_openrlhf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from openrlhf.trainer.ppo_utils import experience_maker

    monkeypatch.setattr(experience_maker, "compute_reward", lambda r, kl: r)
    with pytest.raises(IncompatibleTrainerError, match=r"compute_reward\(r, kl\).*0\.11"):
        adapter.install()


def test_without_openrlhf_the_message_names_the_versions() -> None:
    _forget()
    with pytest.raises(IncompatibleTrainerError, match=adapter.TESTED):
        adapter.install()


@pytest.mark.trainer
def test_launcher_reaches_the_process_that_computes_advantages() -> None:
    command = [
        sys.executable,
        "-m",
        "gcpo_advantage.adapters.openrlhf",
        "--rollout.batch_size",
        "8",
    ]
    path = os.pathsep.join([str(FAKE), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "GCPO_TARGET": "localhost:1",
        "GCPO_TOKEN": "secret",
    }

    printed = subprocess.check_output(command, env=environment, text=True, timeout=120)

    arguments, handed_on = printed.splitlines()
    assert arguments == "--rollout.batch_size 8"
    assert "GCPO_TARGET" in handed_on.split()
    assert "GCPO_TOKEN" not in handed_on.split()


def test_launcher_starts_nothing_without_a_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GCPO_TARGET", raising=False)
    with pytest.raises(ValueError, match="target"):
        adapter.main()


if importlib.util.find_spec("openrlhf"):

    def test_the_openrlhf_that_is_installed_fits() -> None:
        require("openrlhf", adapter.TESTED, adapter.SEAMS)
