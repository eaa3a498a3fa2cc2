# SPDX-License-Identifier: Apache-2.0
"""Texts of chat messages, which trainers keep as dictionaries or as objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def field(message: object, name: str) -> Any:  # noqa: ANN401
    """A field of a message, None where it has none."""
    return message.get(name) if isinstance(message, Mapping) else getattr(message, name, None)


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
    """The reasoning and the content of all messages, a line break between any two."""
    parts = (
        content_text(field(message, name))
        for message in messages
        for name in ("reasoning_content", "content")
    )
    return "\n".join(part for part in parts if part)
