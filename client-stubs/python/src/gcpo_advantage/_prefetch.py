# SPDX-License-Identifier: Apache-2.0
"""Requests whose texts were submitted before: hashes in place of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, rollout_pb2
from gcpo_advantage.results import GroupResult

_CONTENT_NOT_FOUND = "CONTENT_NOT_FOUND"
_METRICS_OF_TEXTS = frozenset(
    (
        advantage_service_pb2.DIVERSITY_METRIC_DISTINCT_N,
        advantage_service_pb2.DIVERSITY_METRIC_SELF_BLEU,
        advantage_service_pb2.DIVERSITY_METRIC_UNIQUE_TEXT_RATIO,
    )
)


def needs_texts(output: advantage_service_pb2.OutputOptions) -> bool:
    """Whether a metric that was asked for is of texts, so that hashes will not do."""
    return not _METRICS_OF_TEXTS.isdisjoint(output.metrics)


def with_hashes(groups: Sequence[rollout_pb2.RolloutGroup]) -> list[rollout_pb2.RolloutGroup]:
    """Copies of the groups with a hash in place of every text.

    Kernels of text still read the text: an answer must not depend on what was submitted before.
    """
    return [_with_hashes(group) for group in groups]


def lacks_texts(results: Sequence[GroupResult]) -> bool:
    """Whether the server lacks a text that a hash stood for."""
    return any(
        result.error is not None and result.error.reason == _CONTENT_NOT_FOUND for result in results
    )


def sha256(text: str) -> bytes:
    """The 32 bytes of the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).digest()


def _with_hashes(group: rollout_pb2.RolloutGroup) -> rollout_pb2.RolloutGroup:
    hashed = rollout_pb2.RolloutGroup()
    hashed.CopyFrom(group)
    for rollout in hashed.rollouts:
        if rollout.HasField("text"):
            text = rollout.text
            if not rollout.HasField("kernel_text"):
                rollout.kernel_text = text
            rollout.content_sha256 = sha256(text)
    return hashed
