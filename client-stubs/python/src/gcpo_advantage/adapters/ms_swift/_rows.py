# SPDX-License-Identifier: Apache-2.0
"""What the service needs of an ms-swift sample, as it travels between ranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._texts import content_text, field, golden_column, question

Decode = Callable[[Any], str]
"""Token ids [T] to their text."""


@dataclass(frozen=True)
class SampleRow:
    """One sample. Picklable."""

    prompt_id: str
    request_id: str
    prompt: str
    text: str
    generated_tokens: int | None
    golden: str | None


def sample_rows(
    samples: Sequence[Any], decode: Decode, settings: AdapterSettings
) -> list[SampleRow]:
    """Of each ``GRPOSample``.

    Raises:
        TypeError: a message or a golden answer that is no text.
    """
    golden = golden_column(settings, (sample.extra for sample in samples))
    return [
        _row(sample, answer, decode)
        for sample, answer in zip(samples, golden or [None] * len(samples), strict=True)
    ]


def _row(sample: Any, golden: str | None, decode: Decode) -> SampleRow:
    turns = sample.response_token_ids or []
    if turns and not isinstance(turns[0], Sequence):
        turns = [turns]
    if len(turns) > 1:  # of several turns, the last message is the last one alone
        text = "\n".join(map(decode, turns))
    else:
        text = _content(sample.messages[-1], decode)
    asked = [_content(message, decode) for message in question(sample.messages)]
    return SampleRow(
        prompt_id=sample.prompt_id,
        request_id=sample.request_id,
        prompt="\n".join(asked),
        text=text,
        generated_tokens=sum(map(len, turns)) or None,
        golden=golden,
    )


def _content(message: Any, decode: Decode) -> str:
    """The text of a message, which ms-swift has as text or, before it encodes, as token ids."""
    content = field(message, "content")
    ids = content.get("token_ids") if isinstance(content, dict) else content
    if isinstance(ids, (list, tuple)) and ids and all(isinstance(token, int) for token in ids):
        return decode(ids)
    return content_text(content)
