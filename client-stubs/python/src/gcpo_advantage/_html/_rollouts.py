# SPDX-License-Identifier: Apache-2.0
"""The table of a group's rollouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gcpo_advantage._columns import doubles
from gcpo_advantage._html._text import clipped, number, safe

if TYPE_CHECKING:
    from gcpo_advantage.groups import RolloutGroup
    from gcpo_advantage.results import GroupResult

_CLIP = 100
_WHOLE_TEXTS = 200_000
"""Characters of all texts of a view together."""

_CELL = "padding:2px 8px;vertical-align:top;border-top:1px solid rgba(128,128,128,.35)"
_LEFT = f'<td style="{_CELL};text-align:left'
_RIGHT = f'<td style="{_CELL};text-align:right;white-space:nowrap'
# Blue and vermilion differ in lightness too, and stand out from white and from black.
_ABOVE, _BELOW = "#3d8fd1", "#d55e00"


def rollouts_table(result: GroupResult, shown: int) -> str:
    """The first rollouts; of a failed group what was sent, and no column of results."""
    failed = result.error is not None
    names = ["", "rollout", "reward"]
    columns = [_positions(result.group, shown), _texts(result.group, shown)]
    columns.append(_rewards(result.group, shown))
    if not failed:
        names += ["advantage", *([] if result.credits is None else ["credit"])]
        names += ["included", "nearest correct"]
        columns.append(_advantages(result, shown))
        if result.credits is not None:
            columns.append([_value(credit) for credit in result.credits[:shown]])
        columns += [_included(result, shown), _nearest(result, shown)]
    head = "".join(
        f'<th style="{_CELL};text-align:{"left" if name == "rollout" else "right"}">{name}</th>'
        for name in names
    )
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    return (
        '<table style="border-collapse:collapse;margin:6px 0;background:transparent">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _positions(group: RolloutGroup, shown: int) -> list[str]:
    ids = group.rollout_ids
    if ids is None:
        return [f'{_RIGHT}">{i}</td>' for i in range(shown)]
    return [f'{_RIGHT}" title="{safe(str(ids[i])[:256])}">{i}</td>' for i in range(shown)]


def _texts(group: RolloutGroup, shown: int) -> list[str]:
    if group.texts is None:
        sent = (
            "hash"
            if group.hashes is not None
            else "embedding"
            if group.embeddings is not None
            else "reward only"
        )
        return [f'{_LEFT}"><i style="opacity:.7">{sent}</i></td>'] * shown
    limit = _WHOLE_TEXTS // max(1, shown)
    return [f'{_LEFT};max-width:32em">{_text(text, limit)}</td>' for text in group.texts[:shown]]


def _text(text: str, limit: int) -> str:
    wrap = "white-space:pre-wrap;overflow-wrap:anywhere;text-align:left"
    line = " ".join(text[: 4 * _CLIP].split())
    if len(text) <= _CLIP:
        return f'<span style="{wrap}">{safe(text)}</span>' if text else "<i>empty</i>"
    return (
        f'<details><summary style="overflow-wrap:anywhere">{safe(line[:_CLIP])}…</summary>'
        f'<div style="{wrap};max-height:30em;overflow:auto">{clipped(text, limit)}</div></details>'
    )


def _rewards(group: RolloutGroup, shown: int) -> list[str]:
    rewards = doubles("rewards", group.rewards)[:shown]
    return [_value(reward) for reward in rewards]


def _advantages(result: GroupResult, shown: int) -> list[str]:
    largest = float(np.max(np.abs(result.advantages), initial=0.0))
    return [
        f'{_RIGHT}" title="{float(value)!r}">{number(value)} {_bar(float(value), largest)}</td>'
        for value in result.advantages[:shown]
    ]


def _bar(value: float, largest: float) -> str:
    """To the right of the middle for an advantage above 0, to the left below."""
    length = 40 * abs(value) / largest if largest > 0 else 0.0
    start = 40.0 if value >= 0 else 40.0 - length
    return (
        '<svg width="80" height="10" aria-hidden="true" style="vertical-align:middle">'
        f'<rect x="{start:.1f}" y="1" width="{length:.1f}" height="8"'
        f' fill="{_ABOVE if value >= 0 else _BELOW}"/>'
        '<path d="M40 0V10" stroke="currentColor" stroke-opacity=".6"/></svg>'
    )


def _included(result: GroupResult, shown: int) -> list[str]:
    words = ["yes" if included else "no" for included in result.included[:shown]]
    gold = result.gold
    if gold is not None and gold.replaced_index is not None and gold.replaced_index < shown:
        words[gold.replaced_index] = "golden answer"
    return [f'{_RIGHT}">{word}</td>' for word in words]


def _nearest(result: GroupResult, shown: int) -> list[str]:
    pairs = zip(result.nearest_correct[:shown], result.nearest_similarity[:shown], strict=True)
    return [
        f'{_RIGHT}">—</td>'
        if position < 0
        else f'{_RIGHT}" title="similarity {float(near)!r}">{position} ({number(near)})</td>'
        for position, near in pairs
    ]


def _value(value: float) -> str:
    return f'{_RIGHT}" title="{float(value)!r}">{number(value)}</td>'
