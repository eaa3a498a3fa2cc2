# SPDX-License-Identifier: Apache-2.0
"""Values of the contract's enums as names: lower case, without the enum's prefix."""

from __future__ import annotations

from google.protobuf.descriptor import EnumDescriptor


def enum_name(enum: EnumDescriptor, number: int) -> str:
    """The value's name; its number where it has no name here."""
    value = enum.values_by_number.get(number)
    return str(number) if value is None else str(value.name)[len(_prefix(enum)) :].lower()


def enum_number(path: str, enum: EnumDescriptor, name: object) -> int:
    """The value of a name in any case, with or without the prefix.

    Args:
        path: what an error calls it.
        enum: the enum.
        name: the name.

    Raises:
        ValueError: a name that does not exist.
        TypeError: not a str.
    """
    if not isinstance(name, str):
        raise TypeError(f"{path}: {name!r} (expected: a name)")
    prefix = _prefix(enum)
    names = enum.values_by_name
    wanted = name.upper()
    found = names.get(wanted) or names.get(prefix + wanted)
    if found is None or found.number == 0:
        known = [each[len(prefix) :].lower() for each in names if not each.endswith("_UNSPECIFIED")]
        raise ValueError(f"{path}: {name!r} (expected: one of {', '.join(known)})")
    return int(found.number)


def _prefix(enum: EnumDescriptor) -> str:
    return str(enum.values_by_number[0].name)[: -len("UNSPECIFIED")]
