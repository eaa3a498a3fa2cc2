# SPDX-License-Identifier: Apache-2.0
"""Configurations as dictionaries: snake_case names, enum values in any case without prefix."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, MutableMapping, MutableSequence, Sequence
from functools import partial
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from gcpo_advantage._enums import enum_name, enum_number
from gcpo_advantage._generated.gcpo.advantage.v1.config_pb2 import AdvantageConfig

Config = Mapping[str, Any] | AdvantageConfig | None
"""What ``config=`` takes: a dictionary, the message itself, or None for the server's defaults.

``gold`` and ``importance`` are dictionaries in it, empty for their defaults; ``component_weights``
is one from names to numbers; ``composite_kernel`` is one of one form, for example ``{"sum":
{"terms": [{"weight": 1, "kernel": {"named": "math"}}, ...]}}``.
"""


def to_message(config: Config) -> AdvantageConfig:
    """The message for a configuration.

    Raises:
        ValueError: a name or an enum value that does not exist, or a whole number that cannot be
            sent. Ranges are the server's matter.
        TypeError: a value of the wrong type.
    """
    message = AdvantageConfig()
    if isinstance(config, AdvantageConfig):
        message.CopyFrom(config)
    elif config is not None:
        if not isinstance(config, Mapping):
            raise TypeError(f"config: {config!r} (expected: a mapping)")
        _fill("config", message, config)
    return message


def to_dict(message: Message) -> dict[str, Any]:
    """The set fields, enum values in lower case without prefix: what :func:`to_message` takes."""
    return {field.name: _plain(field, value) for field, value in message.ListFields()}


def _fill(path: str, message: Message, values: Mapping[str, Any]) -> None:
    fields = message.DESCRIPTOR.fields_by_name
    for name, value in values.items():
        if name not in fields:
            close = difflib.get_close_matches(name, fields, n=1)
            expected = f"did you mean {close[0]}?" if close else f"one of {', '.join(fields)}"
            raise ValueError(f"{path}: {name!r} (expected: {expected})")
        _require_only_of_its_kind(path, message, fields[name])
        _set(f"{path}.{name}", message, fields[name], value)


def _require_only_of_its_kind(path: str, message: Message, field: FieldDescriptor) -> None:
    """Of fields that exclude each other the last would win unseen."""
    oneof = field.containing_oneof
    taken = oneof and message.WhichOneof(oneof.name)
    if taken:
        raise ValueError(f"{path}: {taken} and {field.name} (expected: one of them)")


def _set(path: str, message: Message, field: FieldDescriptor, value: object) -> None:
    if field.enum_type is not None:
        setattr(message, field.name, enum_number(path, field.enum_type, value))
    elif field.message_type is None:
        _store(path, field, value, lambda number: setattr(message, field.name, number))
    elif _is_list(getattr(message, field.name)):
        _fill_list(path, getattr(message, field.name), value)
    elif not isinstance(value, Mapping):
        raise TypeError(f"{path}: {value!r} (expected: a mapping)")
    elif _is_map(field):
        _fill_map(path, getattr(message, field.name), field, value)
    else:
        nested = getattr(message, field.name)
        # There with all defaults is not the same as absent.
        nested.SetInParent()
        _fill(path, nested, value)


def _fill_list(path: str, entries: Any, values: object) -> None:  # noqa: ANN401
    if isinstance(values, (str, Mapping)) or not isinstance(values, Sequence):
        raise TypeError(f"{path}: {values!r} (expected: a list)")
    for i, value in enumerate(values):
        if not isinstance(value, Mapping):
            raise TypeError(f"{path}[{i}]: {value!r} (expected: a mapping)")
        _fill(f"{path}[{i}]", entries.add(), value)


def _fill_map(
    path: str, entries: MutableMapping[str, Any], field: FieldDescriptor, values: Mapping[str, Any]
) -> None:
    number = field.message_type.fields_by_name["value"]
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"{path}: {name!r} (expected: a name)")
        _store(f"{path}.{name}", number, value, partial(entries.__setitem__, name))


def _store(path: str, field: FieldDescriptor, value: object, store: Callable[[Any], None]) -> None:
    kind = "a number" if field.type == FieldDescriptor.TYPE_DOUBLE else "a whole number"
    # A bool would pass for 0 or 1.
    if isinstance(value, (bool, str)):
        raise TypeError(f"{path}: {value!r} (expected: {kind})")
    try:
        store(value)
    except TypeError as wrong:
        raise TypeError(f"{path}: {value!r} (expected: {kind})") from wrong
    except ValueError as wrong:
        raise ValueError(f"{path}: {value!r} (expected: in [0, 4294967295])") from wrong


def _plain(field: FieldDescriptor, value: Any) -> Any:  # noqa: ANN401
    if field.enum_type is not None:
        return enum_name(field.enum_type, value)
    if field.message_type is None:
        return value
    if _is_list(value):
        return [to_dict(entry) for entry in value]
    return dict(sorted(value.items())) if _is_map(field) else to_dict(value)


def _is_list(value: object) -> bool:
    # By the value: how a descriptor says it changes from one protobuf to the next.
    return isinstance(value, MutableSequence)


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type.GetOptions().map_entry)
