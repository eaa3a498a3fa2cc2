# SPDX-License-Identifier: Apache-2.0
"""Cuts a long list into requests that keep to the server's limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gcpo_advantage.errors import RequestTooLargeError

# A tag and a length of up to four bytes beside each item.
_ITEM_OVERHEAD = 6


def split(
    name: str, sizes: Sequence[int], max_items: int, max_bytes: int, header_bytes: int
) -> Iterator[range]:
    """Ranges of positions, in order and without gaps, each within both limits.

    Args:
        name: what the items are called in the request.
        sizes: [n] bytes of each item.
        max_items: items of one request; 0 for no limit.
        max_bytes: bytes of one request; 0 for no limit.
        header_bytes: bytes of a request without its items.

    Raises:
        RequestTooLargeError: an item that fits into no request.
    """
    first = 0
    total = header_bytes
    for i, size in enumerate(sizes):
        cost = size + _ITEM_OVERHEAD
        if max_bytes and header_bytes + cost > max_bytes:
            raise RequestTooLargeError(
                f"{name}[{i}]: {size} bytes (expected: one message of at most {max_bytes} bytes)"
            )
        full = max_items and i - first >= max_items
        if full or (max_bytes and total + cost > max_bytes):
            yield range(first, i)
            first, total = i, header_bytes
        total += cost
    if first < len(sizes):
        yield range(first, len(sizes))
