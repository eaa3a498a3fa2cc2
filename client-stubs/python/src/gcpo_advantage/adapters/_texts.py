# SPDX-License-Identifier: Apache-2.0
"""Texts of trainers: plain, or of chat messages, which are dictionaries or objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from numbers import Number
from typing import Any

from gcpo_advantage.adapters._settings import AdapterSettings


def field(source: object, name: str) -> Any:
    """A value of a dictionary or an object, None where it has none."""
    return source.get(name) if isinstance(source, Mapping) else getattr(source, name, None)


def content_text(content: object) -> str:
    """The text of a message's content.

    Args:
        content: None, a text, or a list of parts; parts without text (images) count for nothing.

    Raises:
        TypeError: something else.
    """
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        texts = (field(part, "text") for part in content)
        return "".join(text for text in texts if isinstance(text, str))
    raise TypeError(f"content: {type(content).__name__} (expected: str or a list of parts)")


def joined_text(messages: Iterable[object]) -> str:
    """Reasoning, content and tool calls of all messages, a line break between any two."""
    return "\n".join(part for message in messages for part in _parts(message) if part)


def written(messages: Iterable[object]) -> list[Any]:
    """The messages that the policy wrote."""
    return [message for message in messages if field(message, "role") == "assistant"]


def question(messages: Sequence[object]) -> Sequence[Any]:
    """The messages up to the policy's first: what all rollouts of a prompt have in common."""
    roles = [field(message, "role") for message in messages]
    return messages[: roles.index("assistant")] if "assistant" in roles else messages


def completion_text(completion: object) -> str:
    """What the policy wrote: the text, or the text of its messages.

    Raises:
        TypeError: neither text nor messages.
    """
    if isinstance(completion, str):
        return completion
    return joined_text(written(_messages("completion", completion)))


def whole_text(name: str, value: object) -> str:
    """A prompt or a golden answer: the text, or the text of all its messages.

    Raises:
        TypeError: neither text nor messages.
    """
    return value if isinstance(value, str) else joined_text(_messages(name, value))


def golden_column(settings: AdapterSettings, sources: Iterable[object]) -> list[str | None] | None:
    """The golden answers at ``golden_field`` of N sources.

    Returns:
        [N] texts, numbers written out, None where there is none; None where the configuration lets
        none take a place.

    Raises:
        TypeError: an answer that is neither text, number nor messages.
    """
    if not settings.wants_golden:
        return None
    name = settings.golden_field
    return [_reference(name, reduce(field, name.split("."), source)) for source in sources]


def _reference(name: str, value: object) -> str | None:
    if value is None or isinstance(value, Number):
        return None if value is None else str(value)
    return whole_text(name, value) or None


def _messages(name: str, value: object) -> Sequence[Any]:
    if isinstance(value, Sequence) and all(field(each, "role") is not None for each in value):
        return value
    raise TypeError(f"{name}: {value!r:.200} (expected: text or a list of chat messages)")


def _parts(message: object) -> Iterator[str]:
    yield content_text(field(message, "reasoning_content"))
    yield content_text(field(message, "content"))
    for call in field(message, "tool_calls") or ():
        function = field(call, "function") or call
        said = {name: field(function, name) for name in ("name", "arguments")}
        yield json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
