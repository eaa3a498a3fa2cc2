# SPDX-License-Identifier: Apache-2.0
"""What an answer is to carry besides advantages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gcpo_advantage._enums import enum_number
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2

_METRIC = advantage_service_pb2.DESCRIPTOR.enum_types_by_name["DiversityMetric"]


def output_options(
    diversity: bool,
    metrics: Sequence[str],
    cluster_threshold: float | None,
    pass_at_k: Sequence[int],
    similarity: bool,
) -> advantage_service_pb2.OutputOptions:
    """The message; the arguments are those of ``AdvantageClient.compute``.

    Raises:
        ValueError: a metric that does not exist, or a k that cannot be sent. Ranges are the
            server's matter.
        TypeError: a value of the wrong type.
    """
    if isinstance(metrics, str):
        raise TypeError(f"metrics: {metrics!r} (expected: a sequence of names)")
    chosen: list[Any] = [
        enum_number(f"metrics[{i}]", _METRIC, metric) for i, metric in enumerate(metrics)
    ]
    try:
        options = advantage_service_pb2.OutputOptions(cluster_threshold=cluster_threshold)
    except TypeError as wrong:
        raise TypeError(f"cluster_threshold: {cluster_threshold!r} (expected: number)") from wrong
    options.MergeFrom(
        advantage_service_pb2.OutputOptions(
            diversity=diversity, metrics=chosen, similarity=similarity
        )
    )
    try:
        options.pass_at_k.extend(pass_at_k)
    except TypeError as wrong:
        raise TypeError(f"pass_at_k: {pass_at_k!r} (expected: whole numbers)") from wrong
    except ValueError as wrong:
        raise ValueError(f"pass_at_k: {pass_at_k!r} (expected: each in [1, 1024])") from wrong
    return options
