# SPDX-License-Identifier: Apache-2.0
"""In the place of the package transfer_queue: rows by their keys, in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch

STORE: dict[str, dict[str, Any]] = {}


@dataclass
class KVBatchMeta:
    keys: list[str]
    tags: list[dict[str, Any]]
    partition_id: str = "train"
    extra_info: dict[str, Any] = field(default_factory=dict)


def kv_batch_get(
    keys: list[str], partition_id: str, select_fields: list[str] | None = None
) -> dict[str, Any]:
    """Tensors come back nested; what is not there does not come back."""
    found: dict[str, Any] = {}
    for name in select_fields or ():
        values = [STORE[key][name] for key in keys if name in STORE[key]]
        if len(values) == len(keys):
            tensors = isinstance(values[0], torch.Tensor)
            nested = torch.nested.as_nested_tensor
            found[name] = nested(values, layout=torch.jagged) if tensors else values
    return found


def kv_batch_put(keys: list[str], partition_id: str, fields: dict[str, Any]) -> None:
    for name, values in fields.items():
        for key, value in zip(keys, values, strict=True):
            STORE[key][name] = value
