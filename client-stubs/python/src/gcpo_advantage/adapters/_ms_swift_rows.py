# SPDX-License-Identifier: Apache-2.0
"""What the service needs of an ms-swift sample, as it travels between ranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gcpo_advantage.adapters._chat_text import content_text, field

GOLDEN_COLUMN = "solution"

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


def sample_row(sample: Any, decode: Decode) -> SampleRow:  # noqa: ANN401
    """Of a ``GRPOSample``."""
    turns = sample.response_token_ids or []
    if turns and not isinstance(turns[0], Sequence):
        turns = [turns]
    golden = sample.extra.get(GOLDEN_COLUMN)
    asked = [_content(message, decode) for message in _question(sample.messages)]
    if len(turns) > 1:  # of several turns, the last message is the last one alone
        text = "\n".join(map(decode, turns))
    else:
        text = _content(sample.messages[-1], decode)
    return SampleRow(
        prompt_id=sample.prompt_id,
        request_id=sample.request_id,
        prompt="\n".join(asked),
        text=text,
        generated_tokens=sum(map(len, turns)) or None,
        golden=None if golden is None else str(golden),
    )


def _question(messages: Sequence[Any]) -> Sequence[Any]:
    """Up to the first answer: what all samples of a prompt have in common."""
    roles = [field(message, "role") for message in messages]
    return messages[: roles.index("assistant")] if "assistant" in roles else messages


def _content(message: Any, decode: Decode) -> str:  # noqa: ANN401
    """The text of a message, which ms-swift has as text or, before it encodes, as token ids."""
    content = field(message, "content")
    ids = content.get("token_ids") if isinstance(content, dict) else content
    if isinstance(ids, (list, tuple)) and ids and all(isinstance(token, int) for token in ids):
        return decode(ids)
    return content_text(content)
