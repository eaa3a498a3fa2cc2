# SPDX-License-Identifier: Apache-2.0
"""The commands, and how what goes wrong in them is told."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from gcpo_advantage._version import __version__
from gcpo_advantage.cli import _exit, bench, health, info, score
from gcpo_advantage.errors import AdvantageError

_EXIT_CODES = """exit codes:
  0  fine
  1  a group failed; health: the service says that it does not serve
  2  bad input or usage
  3  the service could not be had: not reached, too slow, or it refused the token"""

# The client's warnings about attempts that failed are for those who set up a log.
logging.getLogger("gcpo_advantage").addHandler(logging.NullHandler())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; expected failures are one line on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever reads has read enough. What is left in the buffer must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _exit.BROKEN_PIPE
    except KeyboardInterrupt:
        return _exit.INTERRUPTED
    except AdvantageError as failure:
        code, message = _exit.code_of(failure), _exit.one_line(failure)
    except (_exit.UsageError, OSError) as failure:
        code, message = _exit.USAGE, _exit.one_line(failure)
    print(f"{parser.prog} {options.command}: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gcpo-advantage-client",
        description="Asks an advantage service.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (info, score, health, bench):
        command.add_to(commands)
    return parser
