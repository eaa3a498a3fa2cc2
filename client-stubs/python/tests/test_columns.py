# SPDX-License-Identifier: Apache-2.0
"""Columns as trainers have them, and what is no column."""

from __future__ import annotations

import math
import time
import tracemalloc
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import AdvantageClient, RolloutGroup
from gcpo_advantage._rows import to_groups


class Series:
    """What pandas' columns and the tensors of a device have in common."""

    def __init__(self, *values: object) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __array__(self, *_: object, **__: object) -> object:
        raise TypeError("can't convert to NumPy")

    @property
    def shape(self) -> tuple[int]:
        return (len(self),)

    def tolist(self) -> list[Any]:
        return list(self._values)


def _rewards(values: Any) -> list[float | None]:  # noqa: ANN401
    rollouts = RolloutGroup("g", rewards=values).to_message().rollouts
    return [each.reward if each.HasField("reward") else None for each in rollouts]


@pytest.mark.parametrize(
    "values",
    [
        [True, None],
        [1, math.nan],
        [Decimal(1), None],
        [Decimal("1.0"), Decimal("NaN")],
        [np.float32(1), np.float64("nan")],
        [np.bool_(True), None],
        (1.0, None),
        np.array([1, None], dtype=object),
        np.array([1, np.nan], dtype=np.float16),
        Series(1.0, math.nan),
        Series(1, None),
    ],
)
def test_numbers_of_any_kind_are_rewards(values: object) -> None:
    assert _rewards(values) == [1.0, None]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["1", "0"], r"rewards\[0\]: '1', str"),
        ([1, "nan"], r"rewards\[(0|1)\]: '(1|nan)', str"),
        ([None, "nan"], r"rewards\[1\]: 'nan', str"),
        ([1.0, b"1"], r"rewards\[1\]: .*, bytes"),
        (np.array([1, 1j]), r"rewards\[0\]: .*, complex128"),
        ([1, 1j], r"rewards\[1\]: '1j', complex"),
        (np.array(["2020", "2021"], dtype="datetime64[Y]"), r"rewards\[0\]: '2020', datetime64"),
        ([1.0, {}], r"rewards\[1\]: '{}', dict"),
    ],
)
def test_what_is_no_number_is_refused(values: Any, told: str) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=rf"^group g: {told} \(expected: a number\)$"):
        _rewards(values)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"texts": ["a", None]}, r"texts\[1\] is a NoneType"),
        ({"texts": ["a", b"b"]}, r"texts\[1\] is a bytes"),
        ({"prompt": 5}, "prompt is a int"),
        ({"golden_answer": math.nan}, "golden_answer is a float"),
        ({"kernel_texts": [None, 5]}, r"kernel_texts\[1\] is a int"),
        ({"rollout_ids": ["a", 1]}, r"rollout_ids\[1\] is a int"),
        ({"reward_components": {5: [1, 0]}}, "reward_components: a name is a int"),
    ],
)
@pytest.mark.parametrize("hashed", [False, True])
def test_what_is_no_text_is_refused(columns: dict[str, Any], told: str, hashed: bool) -> None:
    with pytest.raises(ValueError, match=rf"^group g: {told} \(expected: a str\)$"):
        RolloutGroup("g", rewards=[1, 0], **columns).to_message(hashed)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"hashes": ["a" * 32] * 2}, r"hashes\[0\] is a str \(expected: 32 bytes\)"),
        ({"hashes": [b"a" * 32, b""]}, r"hashes\[1\] is a bytes of 0 bytes \(expected: 32 bytes\)"),
        ({"rollout_ids": "ab"}, r"rollout_ids is a str \(expected: a sequence of str\)"),
        ({"rollout_ids": ["\ud800", ""]}, r"rollout_ids\[0\] \(expected: text with a UTF-8 form\)"),
        ({"embeddings": [[1.0], [1.0, 2.0]]}, r"embeddings: rows of different lengths \(expected"),
        ({"greedy_reward": "1"}, r"greedy_reward: '1', str \(expected: a number\)"),
        ({"golden_tokens": "5"}, r"golden_tokens: '5', str \(expected: a number\)"),
    ],
)
def test_other_columns_say_what_they_lack(columns: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=f"^group g: {told}"):
        RolloutGroup("g", rewards=[1, 0], **columns).to_message()


@pytest.mark.parametrize("group_id", [7, None, np.int64(7)])
def test_group_id_is_a_text(group_id: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=r"^group_id: .* \(expected: a str\)$"):
        RolloutGroup(group_id, rewards=[1])


def test_message_about_half_a_surrogate_pair_can_be_printed() -> None:
    with pytest.raises(ValueError, match=r"group_id \(expected: text with a UTF-8") as caught:
        RolloutGroup("\ud800", rewards=[1]).to_message()
    assert str(caught.value).encode()


def test_numbers_of_the_golden_answer_may_be_unknown() -> None:
    message = RolloutGroup(
        "g",
        rewards=[0],
        golden_log_prob=math.nan,
        golden_old_log_prob=math.nan,
        golden_tokens=math.nan,  # type: ignore[arg-type]
        greedy_reward=math.nan,
    ).to_message()

    assert [field.name for field, _ in message.ListFields()] == ["group_id", "rollouts"]


def test_long_text_among_many_takes_its_own_memory_alone() -> None:
    texts = ["x"] * 63 + ["y" * 1_000_000]
    tracemalloc.start()
    try:
        RolloutGroup("g", texts, [1] * 64, kernel_texts=texts, cluster_labels=texts)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def _batch(
    n: int, ids: list[object], golden: Mapping[str, str] | list[Any] | None = None
) -> object:
    return to_groups([0] * n, ids, rollout_ids=None, golden=golden, prompts=None, columns={})


def test_two_ids_that_look_alike_are_found_fast_among_many() -> None:
    n = 60_000
    begin = time.process_time()
    with pytest.raises(ValueError, match="two that are written '59998'"):
        _batch(n, [*range(n - 1), str(n - 2)])
    assert time.process_time() - begin < 5  # comparing all pairs takes half a minute


def test_golden_answer_that_is_no_text_is_told_as_such() -> None:
    with pytest.raises(ValueError, match=r"^golden: nan in group a \(expected: a str or None\)$"):
        _batch(2, ["a", "a"], ["x", math.nan])


def test_columns_of_other_libraries(fake: FakeServer, client: AdvantageClient) -> None:
    result = client.compute_flat(
        Series(0.5, None, 1.0),  # type: ignore[arg-type]
        Series(7, 8, 7),  # type: ignore[arg-type]
        Series("a", "b", "c"),  # type: ignore[arg-type]
        generated_tokens=Series(3, 4, 5),  # type: ignore[typeddict-item]
    )

    assert result.included.tolist() == [True, False, True]
    assert [group.group_id for group in fake.requests[0].groups] == ["7", "8"]
    assert [r.generated_tokens for r in fake.requests[0].groups[0].rollouts] == [3, 5]
