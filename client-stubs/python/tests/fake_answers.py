# SPDX-License-Identifier: Apache-2.0
"""Answers as the server makes them, of numbers that are easy to foretell."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from typing import Any

import numpy as np
from google.rpc import error_details_pb2, status_pb2

from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2


def answer_group(group: Any, config: Any, kept: Set[bytes]) -> Any:  # noqa: ANN401
    """Each rollout's position as its advantage, its reward as its credit."""
    result = result_pb2.GroupResult(group_id=group.group_id)
    if any(
        rollout.HasField("content_sha256") and rollout.content_sha256 not in kept
        for rollout in group.rollouts
    ):
        result.error.CopyFrom(status(9, "not known", "CONTENT_NOT_FOUND"))
        return result
    advantages = result.advantages
    advantages.signal = result_pb2.GROUP_SIGNAL_OK
    advantages.credit_method = result_pb2.CREDIT_METHOD_EXACT
    advantages.config.CopyFrom(config)
    advantages.team_value = sum(rollout.reward for rollout in group.rollouts)
    advantages.input_sha256 = digest(group)
    for i, rollout in enumerate(group.rollouts):
        included = rollout.HasField("reward")
        advantages.rollouts.add(
            rollout_id=rollout.rollout_id,
            advantage=i if included else 0,
            credit=rollout.reward,
            scaled_credit=2 * rollout.reward,
            included=included,
            tokens=len(rollout.text),
        )
    return result


def digest(group: Any) -> bytes:  # noqa: ANN401
    """As the contract says, in other words than the client's."""
    whole = b""
    for rollout in group.rollouts:
        content = rollout.text.encode() if rollout.HasField("text") else rollout.embedding_f32_le
        if rollout.HasField("content_sha256"):
            whole += rollout.content_sha256
        elif rollout.WhichOneof("content"):
            whole += hashlib.sha256(content).digest()
        else:
            whole += b"\0" * 32
        reward = np.array(rollout.reward, dtype="<f8").tobytes()
        whole += reward if rollout.HasField("reward") else b"\xff" * 8
    return hashlib.sha256(whole).digest()


def status(code: int, message: str, reason: str, field: str | None = None) -> status_pb2.Status:
    """A status as the server makes it."""
    made = status_pb2.Status(code=code, message=message)
    made.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="gcpo"))
    if field is not None:
        bad = error_details_pb2.BadRequest()
        bad.field_violations.add(field=field, description="NaN (expected: finite)")
        made.details.add().Pack(bad)
    return made
