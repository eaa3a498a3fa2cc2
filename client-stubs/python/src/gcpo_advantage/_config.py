# SPDX-License-Identifier: Apache-2.0
"""Configurations as dictionaries: snake_case names, enum values in any case without prefix."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor

from gcpo_advantage._generated.gcpo.advantage.v1.config_pb2 import AdvantageConfig

Config = Mapping[str, Any] | AdvantageConfig | None
"""What ``config=`` takes: a dictionary, the message itself, or None for the server's defaults."""


def to_message(config: Config) -> AdvantageConfig:
    """The message for a configuration.

    Raises:
        ValueError: a name or an enum value that does not exist. Ranges are the server's matter.
        TypeError: a value of the wrong type.
    """
    message = AdvantageConfig()
    if config is None:
        return message
    if isinstance(config, AdvantageConfig):
        message.CopyFrom(config)
        return message
    fields = AdvantageConfig.DESCRIPTOR.fields_by_name
    for name, value in config.items():
        if name not in fields:
            close = difflib.get_close_matches(name, fields, n=1)
            expected = f"did you mean {close[0]}?" if close else f"one of {', '.join(fields)}"
            raise ValueError(f"config: {name!r} (expected: {expected})")
        try:
            setattr(message, name, _value(fields[name], value))
        except TypeError as wrong:
            raise TypeError(
                f"config.{name}: {value!r} (expected: {_kind(fields[name])})"
            ) from wrong
    return message


def to_dict(message: AdvantageConfig) -> dict[str, Any]:
    """The set fields, enum values in lower case without prefix: what :func:`to_message` takes."""
    return {
        field.name: enum_name(field.enum_type, value) if field.enum_type else value
        for field, value in message.ListFields()
    }


def enum_name(enum: EnumDescriptor, number: int) -> str:
    """The value's name in lower case without prefix; its number where it has no name here."""
    value = enum.values_by_number.get(number)
    return str(number) if value is None else str(value.name)[len(_prefix(enum)) :].lower()


def _value(field: FieldDescriptor, value: object) -> object:
    if field.enum_type is None:
        if isinstance(value, (bool, str)):
            raise TypeError(type(value).__name__)
        return value
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    prefix = _prefix(field.enum_type)
    names = field.enum_type.values_by_name
    wanted = value.upper()
    found = names.get(wanted) or names.get(prefix + wanted)
    if found is None or found.number == 0:
        known = [name[len(prefix) :].lower() for name in names if not name.endswith("_UNSPECIFIED")]
        raise ValueError(f"config.{field.name}: {value!r} (expected: one of {', '.join(known)})")
    return found.number


def _prefix(enum: EnumDescriptor) -> str:
    return str(enum.values_by_number[0].name)[: -len("UNSPECIFIED")]


def _kind(field: FieldDescriptor) -> str:
    return "a name" if field.enum_type else "a number"
