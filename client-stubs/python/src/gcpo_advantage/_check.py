# SPDX-License-Identifier: Apache-2.0
"""Compares an answer with its question: everything asked for is there, once, in order, finite."""

from __future__ import annotations

import math

import numpy as np

from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    result_pb2,
    rollout_pb2,
)
from gcpo_advantage.errors import InvalidAnswerError


def check_compute(
    request: advantage_service_pb2.ComputeAdvantagesRequest,
    answer: advantage_service_pb2.ComputeAdvantagesResponse,
    first_group: int,
) -> None:
    """Refuses an answer that does not fit.

    Raises:
        InvalidAnswerError: with the path in the answer.
    """
    _require("request_id", answer.request_id, request.request_id)
    _require("results: length", len(answer.results), len(request.groups))
    for i, (group, result) in enumerate(
        zip(request.groups, answer.results, strict=True), first_group
    ):
        _check_group(f"results[{i}]", group, result)


def check_embed(
    request: advantage_service_pb2.EmbedTextsRequest,
    answer: advantage_service_pb2.EmbedTextsResponse,
) -> None:
    """Refuses embeddings that are not [n, d]. Raises as :func:`check_compute`."""
    _require("request_id", answer.request_id, request.request_id)
    if answer.model.dimension < 1:
        raise InvalidAnswerError("model.dimension: 0 (expected: >= 1)")
    expected = len(request.texts) * answer.model.dimension * 4
    _require("embeddings_f32_le: bytes", len(answer.embeddings_f32_le), expected)
    if not np.isfinite(np.frombuffer(answer.embeddings_f32_le, dtype="<f4")).all():
        raise InvalidAnswerError("embeddings_f32_le: a NaN or infinity (expected: finite)")


def _check_group(
    path: str, group: rollout_pb2.RolloutGroup, result: result_pb2.GroupResult
) -> None:
    _require(f"{path}.group_id", result.group_id, group.group_id)
    outcome = result.WhichOneof("outcome")
    if outcome == "error":
        if result.error.code == 0:
            raise InvalidAnswerError(f"{path}.error.code: 0 (expected: a code other than OK)")
        return
    if outcome is None:
        raise InvalidAnswerError(f"{path}.outcome: unset (expected: advantages or error)")
    advantages = result.advantages
    path = f"{path}.advantages"
    _require(f"{path}.rollouts: length", len(advantages.rollouts), len(group.rollouts))
    _require_finite(f"{path}.team_value", advantages.team_value)
    has_credit = advantages.HasField("team_value")
    for i, (rollout, advantage) in enumerate(zip(group.rollouts, advantages.rollouts, strict=True)):
        here = f"{path}.rollouts[{i}]"
        _require(f"{here}.rollout_id", advantage.rollout_id, rollout.rollout_id)
        _require(f"{here}.credit: present", advantage.HasField("credit"), has_credit)
        _require_finite(f"{here}.advantage", advantage.advantage)
        _require_finite(f"{here}.credit", advantage.credit)
        _require_finite(f"{here}.scaled_credit", advantage.scaled_credit)


def _require(path: str, value: object, expected: object) -> None:
    if value != expected:
        raise InvalidAnswerError(f"{path}: {value!r} (expected: {expected!r})")


def _require_finite(path: str, value: float) -> None:
    if not math.isfinite(value):
        raise InvalidAnswerError(f"{path}: {value} (expected: finite)")
