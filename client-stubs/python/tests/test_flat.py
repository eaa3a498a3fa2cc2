# SPDX-License-Identifier: Apache-2.0
"""Batches against a twin that loops over their rows."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import AdvantageClient, FlatResult


def twin(
    rewards: Any,  # noqa: ANN401
    group_ids: Any,  # noqa: ANN401
    rollout_ids: Any = None,  # noqa: ANN401
) -> tuple[dict[Any, list[int]], list[float], list[bool]]:
    """Last row of each rollout of each group, and what the fake server's answer is to each row."""
    groups: dict[Any, dict[Any, int]] = {}
    for row, group_id in enumerate(group_ids):
        groups.setdefault(group_id, {})[row if rollout_ids is None else rollout_ids[row]] = row
    advantages, included = [], []
    for row, group_id in enumerate(group_ids):
        own = row if rollout_ids is None else rollout_ids[row]
        reward = rewards[groups[group_id][own]]
        included.append(reward is not None and not math.isnan(reward))
        advantages.append(float(list(groups[group_id]).index(own)) if included[-1] else 0.0)
    lasts = {group_id: list(rollouts.values()) for group_id, rollouts in groups.items()}
    return lasts, advantages, included


def _ids(random: np.random.Generator, n: int, kind: str, different: int) -> list[Any]:
    numbers = random.integers(0, different, n).tolist()
    if kind == "str":
        return [f"question {number}" for number in numbers]
    return [(number, "x") for number in numbers] if kind == "tuple" else numbers


@pytest.mark.parametrize("kind", ["int", "str", "tuple"])
@pytest.mark.parametrize("seed", range(12))
def test_random_batches_are_as_their_twin(
    fake: FakeServer, client: AdvantageClient, seed: int, kind: str
) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 60))
    rewards: Any = [
        (None, math.nan, 0.0)[random.integers(3)] if random.random() < 0.3 else float(i)
        for i in range(n)
    ]
    group_ids: Any = _ids(random, n, kind, int(random.integers(1, 9)))
    rollout_ids: Any = _ids(random, n, kind, 6) if seed % 3 else None
    texts: Any = [f"text {i}" for i in range(n)]
    lasts, advantages, included = twin(rewards, group_ids, rollout_ids)
    if seed % 2:
        rewards = np.array(rewards, dtype=np.float64)
        texts = np.array(texts, dtype=object)
        group_ids = group_ids if kind == "tuple" else np.array(group_ids)
        if rollout_ids is not None and kind != "tuple":
            rollout_ids = np.array(rollout_ids, dtype=object if seed % 4 == 1 else None)

    result = client.compute_flat(rewards, group_ids, texts, rollout_ids=rollout_ids)

    np.testing.assert_array_equal(result.advantages, advantages)
    np.testing.assert_array_equal(result.included, included)
    (request,) = fake.requests
    assert [group.group_id for group in request.groups] == [str(key) for key in lasts]
    assert [[rollout.text for rollout in group.rollouts] for group in request.groups] == [
        [f"text {row}" for row in rows] for rows in lasts.values()
    ]
    for row in range(n):
        group = result.results[result.row_group[row]]
        assert group.group_id == str(list(lasts)[result.row_group[row]])
        assert group.advantages[result.row_rollout[row]] == result.advantages[row]
        assert result.credits is not None
        assert group.credits is not None
        assert group.credits[result.row_rollout[row]] == result.credits[row]


def test_rows_of_one_rollout_are_what_the_last_says(
    fake: FakeServer, client: AdvantageClient
) -> None:
    result = client.compute_flat(
        [1.0, 5.0, None, 2.0, math.nan],
        ["a", "a", "a", "b", "a"],
        ["turn 1", "other", "turn 2", "alone", "turn 3"],
        rollout_ids=[7, 8, 7, 7, 7],
        generated_tokens=[1, 2, 3, 4, 5],
        reward_components={"format": [0.1, 0.2, 0.3, 0.4, None]},
        cluster_labels=["l0", "l1", "l2", None, "l4"],
    )

    first, second = fake.requests[0].groups
    assert [rollout.text for rollout in first.rollouts] == ["turn 3", "other"]
    assert [rollout.generated_tokens for rollout in first.rollouts] == [5, 2]
    assert [dict(rollout.reward_components) for rollout in first.rollouts] == [{}, {"format": 0.2}]
    assert [rollout.cluster_label for rollout in first.rollouts] == ["l4", "l1"]
    assert dict(second.rollouts[0].reward_components) == {"format": 0.4}
    np.testing.assert_array_equal(result.advantages, [0.0, 1.0, 0.0, 0.0, 0.0])
    np.testing.assert_array_equal(result.included, [False, True, False, True, False])
    np.testing.assert_array_equal(result.row_rollout, [0, 1, 0, 0, 0])


def test_columns_of_texts_may_be_arrays(fake: FakeServer, client: AdvantageClient) -> None:
    texts = np.array(["kernel text", None, "another"], dtype=object)

    client.compute_flat([1.0, 0.0, 1.0], ["a", "a", "b"], kernel_texts=texts, cluster_labels=texts)

    sent = [rollout for group in fake.requests[0].groups for rollout in group.rollouts]
    assert [rollout.kernel_text for rollout in sent] == ["kernel text", "", "another"]
    assert [rollout.HasField("cluster_label") for rollout in sent] == [True, False, True]


class Tensor:
    """As a trainer's: its elements are equal to nothing but themselves."""

    def __init__(self, values: list[float]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, place: int) -> object:
        return object()

    def tolist(self) -> list[float]:
        return self._values


def test_ids_and_rewards_may_be_tensors(fake: FakeServer, client: AdvantageClient) -> None:
    ids: Any = Tensor([4, 5, 4, 4])
    rollouts: Any = Tensor([0, 0, 1, 0])
    rewards: Any = Tensor([1.0, 2.0, 3.0, 4.0])

    result = client.compute_flat(rewards, ids, rollout_ids=rollouts)

    assert [group.group_id for group in fake.requests[0].groups] == ["4", "5"]
    assert [rollout.reward for rollout in fake.requests[0].groups[0].rollouts] == [4.0, 3.0]
    np.testing.assert_array_equal(result.advantages, [0.0, 0.0, 1.0, 0.0])


@pytest.mark.parametrize("form", ["mapping", "column", "array"])
def test_golden_answers_and_prompts_are_of_groups(
    fake: FakeServer, client: AdvantageClient, form: str
) -> None:
    golden: Any = {3: "gold 3", 9: "of another batch"}
    prompts: Any = {3: "prompt 3", 4: "prompt 4"}
    if form != "mapping":
        golden = [None, None, "gold 3", "gold 3"]
        prompts = ["prompt 3", "prompt 4", "prompt 3", None]
    if form == "array":
        golden, prompts = np.array(golden, dtype=object), np.array(prompts, dtype=object)

    client.compute_flat([1.0, 1.0, 0.0, 0.0], [3, 4, 3, 3], golden=golden, prompts=prompts)

    first, second = fake.requests[0].groups
    assert (first.golden_answer, first.prompt) == ("gold 3", "prompt 3")
    assert (second.HasField("golden_answer"), second.prompt) == (False, "prompt 4")


def test_no_rows_are_no_call(fake: FakeServer, client: AdvantageClient) -> None:
    result = client.compute_flat([], [], [])

    assert [result.advantages.shape, result.included.shape, result.row_group.shape] == [(0,)] * 3
    assert (result.credits, list(result.results), result.fallback) == (None, [], None)
    assert result.metrics() == {"groups": 0.0, "failed_groups": 0.0, "fallback_groups": 0.0}
    assert fake.calls == 0


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"group_ids": ["a"]}, r"^batch: 1 group_ids \(expected: 2\)$"),
        ({"group_ids": np.zeros((2, 1))}, r"^batch: group_ids of shape \(2, 1\) "),
        ({"texts": ["x"] * 3}, r"^batch: 3 texts \(expected: 2\)$"),
        ({"texts": "ab"}, r"^batch: texts is a str \(expected: one of each row\)$"),
        ({"hashes": b"ab"}, r"^batch: hashes is a bytes "),
        ({"embeddings": np.zeros((3, 4))}, r"^batch: 3 embeddings \(expected: 2\)$"),
        ({"embeddings": np.zeros(2)}, r"^group a: embeddings of shape \(1,\) "),
        ({"rollout_ids": [1]}, r"^batch: 1 rollout_ids \(expected: 2\)$"),
        ({"rewards": np.zeros((2, 1))}, r"^group a: rewards of shape \(1, 1\) \(expected: \[n\]\)"),
        ({"generated_tokens": [1]}, r"^batch: 1 generated_tokens \(expected: 2\)$"),
        ({"reward_components": {"f": [1.0] * 3}}, r"^batch: 3 reward_components\['f'\] "),
        ({"golden": ["x"]}, r"^batch: 1 golden \(expected: 2\)$"),
        ({"golden": "xy"}, r"^batch: golden is a str "),
        ({"group_ids": ["a", "a"], "golden": ["x", "y"]}, r"^golden: two in group a "),
        ({"group_ids": [1, "1"]}, r"^group_ids: two that are written '1' \(expected: different"),
        ({"group_ids": [1, 2], "golden": {"1": "x"}}, r"^golden: a key '1' of type str \(expected"),
        ({"group_ids": [1, 2], "prompts": {"2": "x"}}, r"^prompts: a key '2' of type str "),
        ({"texts": ["a", "b"], "hashes": [b"", b""]}, r"^group a: texts and hashes \(expected: at"),
    ],
)
def test_columns_that_do_not_fit_are_refused(
    fake: FakeServer, client: AdvantageClient, columns: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        client.compute_flat(**{"rewards": [1.0, 0.0], "group_ids": ["a", "b"], **columns})
    assert fake.calls == 0


def test_unknown_options_are_refused(client: AdvantageClient) -> None:
    with pytest.raises(TypeError, match="golden_answers"):
        client.compute_flat([1.0], ["a"], golden_answers=["x"])  # type: ignore[call-arg]


def test_options_go_with_the_columns(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute_flat(
        [1.0], ["a"], request_id="step-3", config={"estimator": "grpo"}, diversity=False
    )

    (request,) = fake.requests
    assert (request.request_id, request.config.estimator) == ("step-3", 2)
    assert request.output.diversity is False


def test_metrics_are_means_over_groups(client: AdvantageClient) -> None:
    result = client.compute_flat([1.0, 3.0, None, 0.5], ["a", "a", "b", "c"], ["x"] * 4)

    metrics = result.metrics()

    assert (metrics["groups"], metrics["failed_groups"], metrics["fallback_groups"]) == (3, 0, 0)
    assert metrics["included_share"] == 0.75
    assert metrics["truncated_share"] == 0.0
    # The fake's scaled credit is twice the reward: 2 and 6, 0, 1.
    assert metrics["credit_std"] == pytest.approx((2.0 + 0.0 + 0.0) / 3)
    assert "vendi_score" not in metrics
    assert all(type(value) is float for value in metrics.values())


def test_result_is_picklable(client: AdvantageClient) -> None:
    result = client.compute_flat([1.0, 0.0], ["a", "a"], ["x", "y"])

    copy: FlatResult = pickle.loads(pickle.dumps(result))

    np.testing.assert_array_equal(copy.advantages, result.advantages)
    assert copy.metrics() == result.metrics()


@pytest.mark.server
def test_every_metric_is_documented(real: AdvantageClient) -> None:
    step = real.compute_flat(
        [1.0, 1.0, 0.0, 0.0],
        ["a", "a", "b", "b"],
        ["one", "two", "three", "four"],
        golden={"b": "five"},
        config={"gold": {}},
    )

    names = step.metrics()
    documented = str(FlatResult.metrics.__doc__)
    assert len(names) == 16
    assert [name for name in names if f"``{name}``" not in documented] == []
