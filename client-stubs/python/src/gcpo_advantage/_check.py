# SPDX-License-Identifier: Apache-2.0
"""Compares an answer with its question: everything asked for is there, once, in order, finite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from gcpo_advantage._check_group import check_group
from gcpo_advantage._digest import sha256
from gcpo_advantage._expect import require
from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    model_pb2,
    rollout_pb2,
)
from gcpo_advantage._rollout_columns import RolloutColumns
from gcpo_advantage.errors import InvalidAnswerError


def check_compute(
    request: advantage_service_pb2.ComputeAdvantagesRequest,
    answer: advantage_service_pb2.ComputeAdvantagesResponse,
    positions: Sequence[int],
    whole: bool,
) -> list[RolloutColumns | None]:
    """Refuses an answer that does not fit.

    Returns:
        The rollouts of each group, as :func:`gcpo_advantage._check_group.check_group` does.

    Args:
        request: the question.
        answer: its answer.
        positions: of the request's groups in the caller's list.
        whole: whether the request holds all groups that may be normalised together.

    Raises:
        InvalidAnswerError: with the path in the answer.
    """
    require("request_id", answer.request_id, request.request_id)
    _require_model(answer.model, request)
    require("results: length", len(answer.results), len(request.groups))
    # Advantages that were normalised over a part of the call are wrong, however finite.
    max_batch = len(request.groups) if whole else 0
    return [
        check_group(f"results[{i}]", group, result, request.output, max_batch)
        for i, group, result in zip(positions, request.groups, answer.results, strict=True)
    ]


def check_stream(
    header: advantage_service_pb2.ComputeAdvantagesRequest,
    group: rollout_pb2.RolloutGroup,
    answer: advantage_service_pb2.StreamAdvantagesResponse,
) -> RolloutColumns | None:
    """As :func:`check_compute`, the answer to one group of a stream."""
    _require_model(answer.model, header)
    return check_group("result", group, answer.result, header.output, 0)


def check_submit(
    request: advantage_service_pb2.SubmitRolloutsRequest,
    answer: advantage_service_pb2.SubmitRolloutsResponse,
) -> None:
    """Refuses hashes that are not the texts'. Raises as :func:`check_compute`."""
    require("request_id", answer.request_id, request.request_id)
    _require_model(answer.model, request)
    require("content_sha256: length", len(answer.content_sha256), len(request.texts))
    for i, (digest, text) in enumerate(zip(answer.content_sha256, request.texts, strict=True)):
        require(f"content_sha256[{i}]", digest, sha256(text))


def check_embed(
    request: advantage_service_pb2.EmbedTextsRequest,
    answer: advantage_service_pb2.EmbedTextsResponse,
) -> None:
    """Refuses embeddings that are not [n, d]. Raises as :func:`check_compute`."""
    require("request_id", answer.request_id, request.request_id)
    _require_model(answer.model, request)
    if answer.model.dimension < 1:
        raise InvalidAnswerError("model.dimension: 0 (expected: >= 1)")
    expected = len(request.texts) * answer.model.dimension * 4
    require("embeddings_f32_le: bytes", len(answer.embeddings_f32_le), expected)
    if not np.isfinite(np.frombuffer(answer.embeddings_f32_le, dtype="<f4")).all():
        raise InvalidAnswerError("embeddings_f32_le: a NaN or infinity (expected: finite)")


class _AsksForModel(Protocol):
    @property
    def model(self) -> str: ...
    @property
    def expected_model_fingerprint(self) -> str: ...


def _require_model(model: model_pb2.ModelIdentity, asked: _AsksForModel) -> None:
    # A server that does not know the fields would answer with whatever model it has.
    if asked.model:
        require("model.name", model.name, asked.model)
    if asked.expected_model_fingerprint:
        require("model.fingerprint", model.fingerprint, asked.expected_model_fingerprint)
