# SPDX-License-Identifier: Apache-2.0
"""Calls that must not be sent in several requests.

An estimator that normalises over its request gives other advantages, all of them finite, where half
of the groups come in another request. Which estimators do that is the server's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gcpo_advantage._enums import enum_name
from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    config_pb2,
    rollout_pb2,
)
from gcpo_advantage.errors import RequestTooLargeError
from gcpo_advantage.info import ServerInfo

_ESTIMATOR = config_pb2.DESCRIPTOR.enum_types_by_name["Estimator"]


def require_one_request(
    header: advantage_service_pb2.ComputeAdvantagesRequest,
    groups: Iterable[rollout_pb2.RolloutGroup],
    parts: Sequence[range],
    info: ServerInfo,
) -> None:
    """Refuses a call that would be sent in parts and has an estimator that looks at all of it.

    Args:
        header: the request without its groups.
        groups: the groups.
        parts: their positions, for each request.
        info: what the server says of its estimators and limits.

    Raises:
        RequestTooLargeError: with the estimator's name and the server's limits.
    """
    if len(parts) <= 1:
        return
    name = batch_estimator(header, (group.config for group in groups), info)
    if name is not None:
        limits = info.limits
        raise RequestTooLargeError(
            f"groups: {len(parts)} requests (expected: one, as {name} normalises over all"
            f" groups of a request; of {limits.max_groups_per_request or 'any number of'}"
            f" groups and {limits.max_message_bytes or 'any number of'} bytes at most)"
        )


def batch_estimator(
    header: advantage_service_pb2.ComputeAdvantagesRequest,
    configs: Iterable[config_pb2.AdvantageConfig],
    info: ServerInfo,
) -> str | None:
    """The first estimator of groups with these own configurations that looks at all of them."""
    batch_level = {each.estimator for each in info.estimators if each.batch_level}
    for config in configs:
        chosen = config.estimator or header.config.estimator
        name = enum_name(_ESTIMATOR, chosen) if chosen else info.default_config.get("estimator")
        if name in batch_level:
            return name
    return None
