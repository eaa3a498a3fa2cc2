# SPDX-License-Identifier: Apache-2.0
"""Ids by which the server tells the attempts of one request from other requests.

Attempts have the id and the bytes in common: one that comes while another is worked on joins it.
What has other bytes needs another id.
"""

from __future__ import annotations

import hashlib
import uuid

from gcpo_advantage._options import text_or

_MAX_CHARACTERS = 128


def request_id_or_random(given: str | None) -> str:
    """The caller's id; a random one where there is none."""
    return text_or(uuid.uuid4().hex, "request_id", given)


def part_id(request_id: str, part: str) -> str:
    """The id of a part of a call: the same for all attempts, another for each part."""
    whole = f"{request_id}.{part}"
    if len(request_id) <= _MAX_CHARACTERS < len(whole):
        # A server takes no longer ones; a digest tells calls apart as well.
        return hashlib.sha256(whole.encode()).hexdigest()
    return whole
