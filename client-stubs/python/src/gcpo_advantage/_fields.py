# SPDX-License-Identifier: Apache-2.0
"""Optional fields of messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from google.protobuf.message import Message


def optional_fields(message: Message, names: Iterable[str]) -> dict[str, Any]:
    """The values of optional fields by name, None where a field is absent."""
    return {name: getattr(message, name) if message.HasField(name) else None for name in names}
