# SPDX-License-Identifier: Apache-2.0
"""A file of groups: one RolloutGroup in proto3 JSON a line, empty lines do not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from google.protobuf import json_format

from gcpo_advantage._generated.gcpo.advantage.v1 import rollout_pb2
from gcpo_advantage.groups import RolloutGroup

MAX_LINE_BYTES = 128 << 20
"""Of a longer line nothing is kept: one without an end must not fill the memory."""

_COUNTS = (rollout_pb2.REWARD_STATUS_UNSPECIFIED, rollout_pb2.REWARD_STATUS_VALID)


class FileGroup(RolloutGroup):
    """A group that is sent as it stands in the file; its columns are what can be shown of it."""

    def __init__(self, message: rollout_pb2.RolloutGroup) -> None:
        """Keeps the message."""
        rollouts = message.rollouts
        super().__init__(
            message.group_id,
            [r.text for r in rollouts] if all(r.HasField("text") for r in rollouts) else None,
            [
                r.reward if r.HasField("reward") and r.reward_status in _COUNTS else np.nan
                for r in rollouts
            ],
            rollout_ids=[r.rollout_id for r in rollouts],
        )
        object.__setattr__(self, "_message", message)

    def to_message(self, hashed: bool = False) -> rollout_pb2.RolloutGroup:
        """The message of the file, with the contents that it has there."""
        message: rollout_pb2.RolloutGroup = object.__getattribute__(self, "_message")
        return message


@dataclass(frozen=True)
class Line:
    """What stands in one line.

    Attributes:
        number: of the line, from 1.
        group: what it holds; None where it is broken.
        problem: what is wrong with it; empty where nothing is.
        group_id: of the group, as far as it could be read.
        size: bytes of the group as it is sent.
    """

    number: int
    group: FileGroup | None
    problem: str = ""
    group_id: str = ""
    size: int = 0


def read(file: BinaryIO, max_bytes: int) -> Iterator[Line]:
    """The lines with something in them; a broken one does not end the file.

    Of each group's id some 100 bytes stay in memory, to find a second one.

    Args:
        file: the file.
        max_bytes: of one group as it is sent; 0 for no limit.
    """
    earlier: dict[str, int] = {}
    number = 0
    while text := file.readline(MAX_LINE_BYTES):
        number += 1
        if len(text) == MAX_LINE_BYTES and not text.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            problem = f"more than {MAX_LINE_BYTES} bytes (expected: one RolloutGroup a line)"
            yield Line(number, None, problem)
        elif text.strip():
            yield _parse(number, text, earlier, max_bytes)


def _parse(number: int, text: bytes, earlier: dict[str, int], max_bytes: int) -> Line:
    message = rollout_pb2.RolloutGroup()
    try:
        json_format.Parse(text.decode(errors="replace"), message)
        # What protobuf takes in pure Python but cannot send, for example half a surrogate pair.
        size = message.ByteSize()
    except (json_format.ParseError, ValueError, RecursionError) as broken:
        return Line(number, None, f"not a RolloutGroup: {' '.join(str(broken).split())[:500]}")
    first = earlier.setdefault(message.group_id, number)
    if first != number:
        return Line(
            number,
            None,
            f"group_id: {message.group_id} (expected: unique, but line {first} has it)",
        )
    group_id = message.group_id
    if max_bytes and size > max_bytes:
        problem = f"{size} bytes (expected: a group of at most {max_bytes} bytes)"
        return Line(number, None, problem, group_id)
    return Line(number, FileGroup(message), "", group_id, size)
