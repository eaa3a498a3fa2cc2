# SPDX-License-Identifier: Apache-2.0
"""What was asked, in 32 bytes: ``GroupAdvantages.input_sha256`` as the contract defines it."""

from __future__ import annotations

import hashlib
import struct

from gcpo_advantage._generated.gcpo.advantage.v1 import rollout_pb2

_NO_CONTENT = bytes(32)
_NO_REWARD = b"\xff" * 8
_REWARD = struct.Struct("<d").pack


def sha256(text: str) -> bytes:
    """The 32 bytes of the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).digest()


def input_sha256(group: rollout_pb2.RolloutGroup) -> bytes:
    """The digest of a group's contents and rewards."""
    digest = hashlib.sha256()
    for rollout in group.rollouts:
        digest.update(_content(rollout))
        digest.update(_REWARD(rollout.reward) if rollout.HasField("reward") else _NO_REWARD)
    return digest.digest()


def _content(rollout: rollout_pb2.Rollout) -> bytes:
    kind = rollout.WhichOneof("content")
    if kind == "text":
        return sha256(rollout.text)
    if kind == "embedding_f32_le":
        return hashlib.sha256(rollout.embedding_f32_le).digest()
    return rollout.content_sha256 if kind == "content_sha256" else _NO_CONTENT
