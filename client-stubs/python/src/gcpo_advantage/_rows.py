# SPDX-License-Identifier: Apache-2.0
"""From the rows of a batch to groups of rollouts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage._columns import Ids, Numbers, require_entries
from gcpo_advantage.flat import FlatResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.results import GroupResult

Integers = npt.NDArray[np.int64]
PerGroup = Mapping[Any, str | None] | Sequence[str | None] | None
"""A text for each group: by group id, or as a column [N] with one value a group."""

_BATCH = "batch"


@dataclass(frozen=True, eq=False)
class Rows:
    """N rows as groups of rollouts; several rows may be one rollout.

    Attributes:
        groups: in the order of their first rows.
        row_group: [N] position of each row's group.
        row_rollout: [N] position of each row's rollout in its group.
    """

    groups: list[RolloutGroup]
    row_group: Integers
    row_rollout: Integers

    def result(self, results: Sequence[GroupResult]) -> FlatResult:
        """The groups' results, spread over the rows."""
        return FlatResult.of(results, self.row_group, self.row_rollout)


def to_groups(
    rewards: Numbers,
    group_ids: Ids,
    *,
    rollout_ids: Ids | None,
    golden: PerGroup,
    prompts: PerGroup,
    columns: Mapping[str, Any],
) -> Rows:
    """Groups the rows.

    Args:
        rewards: [N].
        group_ids: [N] of any type that can be a dictionary's key; their ``str`` is sent.
        rollout_ids: [N]; rows of one group with equal ids are one rollout, which is what its last
            row says. None: every row is a rollout.
        golden: the golden answer of each group.
        prompts: the prompt of each group.
        columns: further columns [N] by their names in :class:`RolloutGroup`; None where absent.

    Raises:
        ValueError: columns of different lengths, ids that look the same when written, or several
            golden answers or prompts in one group.
    """
    n = len(rewards)
    given = {name: column for name, column in columns.items() if column is not None}
    for name, column in (("group_ids", group_ids), ("rollout_ids", rollout_ids), *given.items()):
        if isinstance(column, Mapping):
            for part, values in column.items():
                _require(f"{name}[{part!r}]", values, n)
        elif column is not None:
            _require(name, column, n)
    keys, row_group = _numbered(group_ids)
    _require_distinct([str(key) for key in keys])
    # Rollouts in the order of their groups, and in a group of their first rows.
    if rollout_ids is None:
        last = np.arange(n)
        row_place = np.arange(n)
    else:
        _, row_place = _numbered(list(zip(row_group.tolist(), _listed(rollout_ids), strict=True)))
        last = np.zeros(int(row_place.max(initial=-1)) + 1, dtype=np.int64)
        last[row_place] = np.arange(n)
    rollout_group = row_group[last]
    order = np.argsort(rollout_group, kind="stable")
    bounds = np.searchsorted(rollout_group[order], np.arange(len(keys) + 1))
    place = np.empty(len(last), dtype=np.int64)
    place[order] = np.arange(len(last)) - bounds[rollout_group[order]]
    golden_texts = _per_group("golden", golden, keys, row_group)
    prompt_texts = _per_group("prompts", prompts, keys, row_group)
    columns_sent = {name: _taker(column) for name, column in {"rewards": rewards, **given}.items()}
    groups = []
    for i, key in enumerate(keys):
        rows = last[order[bounds[i] : bounds[i + 1]]]
        groups.append(
            RolloutGroup(
                str(key),
                golden_answer=golden_texts[i],
                prompt=prompt_texts[i],
                **{name: take(rows) for name, take in columns_sent.items()},
            )
        )
    return Rows(groups, row_group, place[row_place])


def _numbered(values: Ids) -> tuple[list[Hashable], Integers]:
    """The different values in the order in which they first come, and each value's number."""
    numbers: dict[Hashable, int] = {}
    inverse = [numbers.setdefault(value, len(numbers)) for value in _listed(values)]
    return list(numbers), np.array(inverse, dtype=np.int64)


def _listed(values: Any) -> Sequence[Any]:  # noqa: ANN401
    """Plain values: the elements of a tensor are equal to none but themselves."""
    listed: Sequence[Any] = values.tolist() if hasattr(values, "tolist") else values
    return listed


def _require_distinct(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(
                f"group_ids: two that are written {each!r} (expected: different texts)"
            )
        seen.add(each)


def _per_group(
    name: str, values: PerGroup, keys: Sequence[Hashable], row_group: Integers
) -> list[str | None]:
    if values is None:
        return [None] * len(keys)
    if isinstance(values, Mapping):
        _require_same_type(name, values, keys)
        return [values.get(key) for key in keys]
    _require(name, values, len(row_group))
    found: list[str | None] = [None] * len(keys)
    for group, value in zip(row_group.tolist(), values, strict=True):
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{name}: {value!r} in group {keys[group]} (expected: a str or None)")
        if value is not None and found[group] not in (None, value):
            raise ValueError(f"{name}: two in group {keys[group]} (expected: one)")
        found[group] = value if value is not None else found[group]
    return found


def _require_same_type(name: str, values: Mapping[Any, Any], keys: Sequence[Hashable]) -> None:
    """Refuses 7 for "7", which would be no answer for the group without a word."""
    lacking = {str(key) for key in keys if key not in values}
    if lacking:
        for each in values:
            if str(each) in lacking:
                raise ValueError(
                    f"{name}: a key {each!r} of type {type(each).__name__}"
                    " (expected: the group's id itself)"
                )


def _require(name: str, column: Any, n: int) -> None:  # noqa: ANN401
    if isinstance(column, (str, bytes)):
        raise ValueError(
            f"{_BATCH}: {name} is a {type(column).__name__} (expected: one of each row)"
        )
    if name == "embeddings":
        if len(column) != n:
            raise ValueError(f"{_BATCH}: {len(column)} {name} (expected: {n})")
        return
    require_entries(_BATCH, name, column, n)


def _taker(column: Any) -> Any:  # noqa: ANN401
    if isinstance(column, Mapping):
        takers = {name: _taker(part) for name, part in column.items()}
        return lambda rows: {name: take(rows) for name, take in takers.items()}
    if isinstance(column, np.ndarray):
        return lambda rows: column[rows]
    listed = _listed(column)
    return lambda rows: [listed[i] for i in rows.tolist()]
