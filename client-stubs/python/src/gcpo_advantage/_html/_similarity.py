# SPDX-License-Identifier: Apache-2.0
"""The heat map of a group's similarities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcpo_advantage.results import GroupResult

_MAX_NUMBERED = 16
_CELL = 34
_SMALL_CELL = 12
_MARGIN = 24
# From navy over grey to yellow: lightness grows all the way, and blue against yellow is what every
# common colour blindness keeps. Cells carry their own colours, on a light page and on a dark one.
_RAMP = ((0, 34, 78), (66, 78, 108), (124, 123, 120), (188, 175, 111), (254, 232, 56))


def similarity_map(result: GroupResult, shown: int) -> str:
    """The matrix of the first rollouts, each value in its cell's title; else how to ask for it."""
    similarity = result.similarity
    if similarity is None:
        return (
            '<div style="opacity:.7">No similarities:'
            " <code>compute(..., similarity=True)</code> brings them.</div>"
        )
    size = _CELL if shown <= _MAX_NUMBERED else _SMALL_CELL
    values = similarity[:shown, :shown].tolist()
    cells = [
        _cell(i, j, value, size) for i, row in enumerate(values) for j, value in enumerate(row)
    ]
    # Each fifth is enough where cells are small.
    labels = [_labels(i, size) for i in range(0, shown, 1 if size == _CELL else 5)]
    side = _MARGIN + shown * size
    return (
        f'<div>similarity {_legend()}</div><svg role="img" aria-label="similarity of rollouts"'
        f' width="{side}" height="{side}" font-size="10" text-anchor="middle"'
        f' font-family="sans-serif" style="margin:4px 0">{"".join(labels)}{"".join(cells)}</svg>'
    )


def _cell(i: int, j: int, value: float, size: int) -> str:
    x, y = _MARGIN + j * size, _MARGIN + i * size
    # Unlike each other rather than merely unrelated: not a shade, a mark.
    dashed = ' stroke="#fff" stroke-dasharray="2"' if value < 0 else ""
    cell = (
        f'<rect x="{x}" y="{y}" width="{size - 1}" height="{size - 1}" fill="{_colour(value)}"'
        f"{dashed}><title>{i}, {j}: {value:.4f}</title></rect>"
    )
    if size != _CELL:
        return cell
    ink = "#000" if value > 0.5 else "#fff"
    # Without events of its own the number leaves the title to the cell below it.
    return (
        f'{cell}<text x="{x + size // 2}" y="{y + size // 2 + 3}" fill="{ink}"'
        f' pointer-events="none">{value:.2f}</text>'
    )


def _labels(i: int, size: int) -> str:
    middle = _MARGIN + i * size + size // 2
    return (
        f'<text x="{middle}" y="{_MARGIN - 6}" fill="currentColor">{i}</text>'
        f'<text x="{_MARGIN // 2}" y="{middle + 3}" fill="currentColor">{i}</text>'
    )


def _legend() -> str:
    steps = "".join(
        f'<rect x="{12 * k}" width="12" height="10" fill="{_colour(k / 10)}"/>' for k in range(11)
    )
    return (
        '≤ 0 <svg width="132" height="10" aria-hidden="true" style="vertical-align:middle">'
        f"{steps}</svg> 1"
    )


def _colour(value: float) -> str:
    place = min(1.0, max(0.0, value)) * (len(_RAMP) - 1)
    low = min(int(place), len(_RAMP) - 2)
    share = place - low
    parts = (round(a + share * (b - a)) for a, b in zip(_RAMP[low], _RAMP[low + 1], strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)
