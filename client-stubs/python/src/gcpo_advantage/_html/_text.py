# SPDX-License-Identifier: Apache-2.0
"""Text of strangers as HTML text: whatever it holds, it stays text."""

from __future__ import annotations

import html
import math
import re

# What would not be seen, would not be valid in a page or would change how what follows is read:
# control characters, unpaired surrogates, non-characters, marks that turn the direction, blank
# letters, and tags, in which a whole text can hide.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)


def safe(text: str) -> str:
    r"""Escaped for a page and for an attribute's value; what cannot be seen as ``\u202e``."""
    return html.escape(_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text), quote=True)


def clipped(text: str, limit: int) -> str:
    """At most so many characters of a text, escaped, and how many more there are."""
    if len(text) <= limit:
        return safe(text)
    return f"{safe(text[:limit])}… <i>{len(text) - limit:,} more characters</i>"


def number(value: float) -> str:
    """Four digits; a dash for NaN."""
    return "—" if math.isnan(value) else f"{value:.4g}"
