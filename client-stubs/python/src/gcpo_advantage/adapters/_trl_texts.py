# SPDX-License-Identifier: Apache-2.0
"""The text of TRL's prompts and completions, which are strings or lists of chat messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gcpo_advantage.adapters._chat_text import content_text


def completion_text(completion: object) -> str:
    """What the policy wrote: the text, or its assistant messages with their tool calls, by lines.

    Raises:
        TypeError: neither text nor messages.
    """
    return _text("completion", completion, roles=("assistant",))


def whole_text(name: str, value: object) -> str:
    """A prompt or a golden answer: the text, or the text of all its messages, by lines.

    Raises:
        TypeError: neither text nor messages.
    """
    return _text(name, value, roles=None)


def _text(name: str, value: object, roles: tuple[str, ...] | None) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise TypeError(f"{name}: {value!r:.200} (expected: text or a list of chat messages)")
    said = [each for each in value if roles is None or each.get("role") in roles]
    return "\n".join(part for message in said for part in _parts(message) if part)


def _parts(message: Mapping[str, Any]) -> Iterator[str]:
    yield content_text(message.get("reasoning_content"))
    yield content_text(message.get("content"))
    for call in message.get("tool_calls") or ():
        yield json.dumps(call.get("function", call), ensure_ascii=False, sort_keys=True)
