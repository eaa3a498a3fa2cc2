# SPDX-License-Identifier: Apache-2.0
"""A group as HTML for notebooks: no script, no external resource, of bounded size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcpo_advantage._html._rollouts import rollouts_table
from gcpo_advantage._html._similarity import similarity_map
from gcpo_advantage._html._text import clipped, number, safe

if TYPE_CHECKING:
    from gcpo_advantage.errors import AdvantageError
    from gcpo_advantage.results import GroupResult

MAX_ROLLOUTS = 64
"""Rollouts that one view shows; it says how many more there are."""

_MAX_NAME = 256
_MAX_MESSAGE = 4000
_NOTICE = "border-left:4px solid #d55e00;padding:4px 10px;margin:6px 0;white-space:pre-wrap"


def group_html(result: GroupResult) -> str:
    """The view of one group; of a failed one its error and what was sent, and no numbers.

    Texts and names are shown as they are, escaped: nothing in them is ever markup.
    """
    parts = [f"<div><b>{clipped(result.group_id, _MAX_NAME)}</b></div>"]
    shown = min(len(result.group), MAX_ROLLOUTS)
    if result.error is not None:
        parts += [_error(result.error), rollouts_table(result, shown)]
    else:
        parts += [_facts(result), rollouts_table(result, shown), similarity_map(result, shown)]
    hidden = len(result.group) - shown
    if hidden:
        parts.append(
            f'<div style="{_NOTICE}">{hidden} more rollouts are not shown'
            f" (the first {shown} of {len(result.group)} are)</div>"
        )
    return f'<div style="line-height:1.35">{"".join(parts)}</div>'


def _error(error: AdvantageError) -> str:
    name = type(error).__name__
    reason = f" ({safe(error.reason)})" if error.reason else ""
    message = clipped(str(error), _MAX_MESSAGE)
    return f'<div style="{_NOTICE}"><b>no result: {name}{reason}</b>\n{message}</div>'


def _facts(result: GroupResult) -> str:
    config = result.config
    facts = {
        "estimator": config.get("estimator"),
        "kernel": "composite" if "composite_kernel" in config else config.get("kernel"),
        "signal": result.signal,
        "team value": None if result.team_value is None else number(result.team_value),
        "credits": result.credit_method,
        "golden answer": None if result.gold is None else _gold(result),
        **_diversity(result),
        "model": None if result.model is None else result.model.name,
    }
    line = " · ".join(
        f'<span style="white-space:nowrap"><span style="opacity:.7">{name}</span>'
        f" {clipped(str(value), _MAX_NAME)}</span>"
        for name, value in facts.items()
        if value
    )
    if result.fallback is None:
        return f"<div>{line}</div>"
    return (
        f"<div>{line}</div>"
        f'<div style="{_NOTICE}"><b>fallback: {safe(result.fallback)}</b>\n'
        "The service gave no answer; the client put these numbers in its place.</div>"
    )


def _gold(result: GroupResult) -> str:
    gold = result.gold
    assert gold is not None
    if gold.replaced_index is None or gold.advantage is None:
        return gold.outcome
    return f"{gold.outcome} {gold.replaced_index}, advantage {number(gold.advantage)}"


def _diversity(result: GroupResult) -> dict[str, str]:
    diversity = result.diversity
    if diversity is None:
        return {}
    facts = {
        "vendi score": diversity.all.vendi_score,
        "of correct": diversity.correct.vendi_score if diversity.correct.count else None,
        "mean distance": diversity.all.mean_pairwise_distance,
        **{f"pass@{k}": value for k, value in sorted(diversity.pass_at_k.items())[:8]},
    }
    return {name: number(value) for name, value in facts.items() if value is not None}
