# SPDX-License-Identifier: Apache-2.0
"""What the adapter meets in prime-rl 0.8 with verifiers v1, as read in main of August 2026.

Of the trainer: the table of algorithms, how it makes one and how its train sink calls it, in the
order in which it does. Of verifiers: the fields and methods of a trace that either of them uses.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from fake_modules import put_modules


@dataclass
class Message:
    role: str
    content: Any
    reasoning_content: str | None = None


@dataclass
class Node:
    message: Message
    mask: list[bool]
    advantages: list[float] | None = None


@dataclass
class Reward:
    score: float
    weight: float = 1.0

    @property
    def value(self) -> float:
        return self.score * self.weight


@dataclass
class Trace:
    nodes: list[Node]
    rewards: dict[str, Reward | None]
    task: Any = None
    agent: Any = field(default_factory=lambda: SimpleNamespace(trainable=True))
    ok: bool = True
    metrics: dict[str, float] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def has_error(self) -> bool:
        return not self.ok

    @property
    def reward(self) -> float:
        return sum(reward.value for reward in self.rewards.values() if reward is not None)

    def record_metrics(self, values: Mapping[str, float]) -> None:
        self.metrics.update({name: float(value) for name, value in values.items()})

    def advantages(self) -> list[float]:
        """Of all sampled tokens."""
        return [each for node in self.nodes for each in node.advantages or []]


@dataclass
class Episode:
    traces: list[Trace]


def rollout(
    text: str, reward: float | None, *, answer: object = None, thought: str | None = None
) -> Episode:
    """An episode of one trace: a question, and an answer of three sampled tokens."""
    return Episode(
        [
            Trace(
                [
                    Node(Message("user", "What is 2 + 2?"), [False, False]),
                    Node(Message("assistant", text, thought), [False, True, True, True]),
                ],
                {"correct": None if reward is None else Reward(reward)},
                SimpleNamespace(data=SimpleNamespace(idx=0, answer=answer)),
            )
        ]
    )


def iter_trainable_traces(episodes: list[Episode]) -> Iterator[tuple[Episode, Trace]]:
    for episode in episodes:
        for trace in episode.traces:
            sampled = any(any(node.mask) for node in trace.nodes)
            if trace.agent.trainable and not trace.has_error and sampled:
                yield episode, trace


def assign_advantages(trace: Trace, values: float | list[float]) -> None:
    tokens = sum(sum(node.mask) for node in trace.nodes)
    given = [float(values)] * tokens if isinstance(values, (int, float)) else list(values)
    if len(given) != tokens:
        raise ValueError(f"advantages: {len(given)} (expected: {tokens})")
    for node in trace.nodes:
        own = sum(node.mask)
        node.advantages, given = given[:own], given[own:]


class Algorithm:
    action_loss_type: ClassVar[str] = "rl"

    def __init__(self, config: Any, clients: Any) -> None:  # noqa: ANN401
        self.clients = clients

    async def score_episode(self, episode: Episode) -> None:
        pass

    async def score_group(self, episodes: list[Episode]) -> None:
        pass

    async def finalize_episode(self, episode: Episode) -> None:
        if any(True for _ in iter_trainable_traces([episode])):
            await self.score_episode(episode)


class GRPOAlgorithm(Algorithm):
    async def score_group(self, episodes: list[Episode]) -> None:
        traces = [trace for _, trace in iter_trainable_traces(episodes)]
        mean = sum(trace.reward for trace in traces) / len(traces)
        for trace in traces:
            assign_advantages(trace, trace.reward - mean)


class MaxRLAlgorithm(Algorithm):
    pass


@dataclass
class GRPOAlgoConfig:
    type: str = "grpo"
    action_loss_type: str = "rl"
    length_penalty: Any = None
    length_weighted_baseline: bool = False
    loss_aggregation: str = "token"


class PrimeRl:
    """The trainer's side of a run.

    Attributes:
        algorithms: its table.
        started: the algorithms that its orchestrator's entry was started with.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.algorithms: dict[str, type] = {"grpo": GRPOAlgorithm, "max_rl": MaxRLAlgorithm}
        self.started: list[dict[str, type]] = []
        algo = "prime_rl.orchestrator.algo"
        put_modules(
            monkeypatch,
            {
                algo: {"ALGORITHM_CLASSES": self.algorithms, "build_algorithm": self.build},
                f"{algo}.base": {
                    "Algorithm": Algorithm,
                    "iter_trainable_traces": iter_trainable_traces,
                },
                f"{algo}.routing": {"assign_advantages": assign_advantages},
                "prime_rl.entrypoints.orchestrator": {"main": self._main},
                "verifiers.v1.trace": {"Trace": Trace},
            },
        )

    def build(self, config: Any, clients: Any = None) -> Any:  # noqa: ANN401
        made = self.algorithms[config.type]
        assert made.action_loss_type == config.action_loss_type  # type: ignore[attr-defined]
        return made(config, clients)

    @staticmethod
    async def process(algorithm: Any, episodes: list[Episode]) -> None:  # noqa: ANN401
        """What the train sink does with a group, its episodes finished one after the other."""
        for episode in episodes:
            await algorithm.finalize_episode(episode)
        if any(True for _ in iter_trainable_traces(episodes)):
            await algorithm.score_group(episodes)

    def _main(self) -> None:
        self.started.append(dict(self.algorithms))


@pytest.fixture
def prime_rl(monkeypatch: pytest.MonkeyPatch) -> PrimeRl:
    return PrimeRl(monkeypatch)
