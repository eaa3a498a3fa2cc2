# SPDX-License-Identifier: Apache-2.0
"""How a command ends."""

from __future__ import annotations

from gcpo_advantage.errors import AdvantageError, InvalidRequestError, PreconditionError

FINE = 0
FAILED = 1
USAGE = 2
NO_SERVICE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141

_MAX_MESSAGE = 2000


class UsageError(Exception):
    """Input or arguments that cannot be worked with; says which and what was expected."""


def code_of(failure: AdvantageError) -> int:
    """Whether the request was wrong or the service could not be had."""
    refused = isinstance(failure, (InvalidRequestError, PreconditionError))
    return USAGE if refused else NO_SERVICE


def one_line(failure: Exception) -> str:
    """What is said of it, in one line."""
    if isinstance(failure, OSError) and failure.filename is not None:
        return printable(f"{failure.filename}: {failure.strerror}")
    message = str(failure)
    if isinstance(failure, AdvantageError) and failure.violations:
        # The lines that follow list the fields once more.
        message = message.split("\n", 1)[0]
    return printable(message)


def printable(text: str) -> str:
    """One line of a text from elsewhere, which must not steer the terminal; of bounded length."""
    line = " ".join(text[: 2 * _MAX_MESSAGE].split())[:_MAX_MESSAGE]
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
