# SPDX-License-Identifier: Apache-2.0
"""``score``: a file of groups in, a file of results out, in the same order."""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from gcpo_advantage.cli import _lines, _options, _settings
from gcpo_advantage.cli._exit import UsageError
from gcpo_advantage.cli._page import Page
from gcpo_advantage.cli._scoring import Scoring

# What a request holds besides its groups is less.
_HEADER_BYTES = 64 << 10
_DESCRIPTION = """Computes the advantages of a file of groups: reads one RolloutGroup in proto3 JSON
a line and writes one GroupResult a line, in order, as the server's own command does. A broken line
gets an error in its place and is reported; the exit code is then 2."""


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    parser = commands.add_parser(
        "score", help="the advantages of a file of groups", description=_DESCRIPTION
    )
    files = parser.add_mutually_exclusive_group(required=True)
    files.add_argument("file", nargs="?", metavar="FILE", help="JSON lines; - for standard input")
    files.add_argument("--in", dest="file_in", metavar="FILE", help="the same")
    parser.add_argument("--out", default="-", metavar="FILE", help="default: standard output")
    parser.add_argument("--html", type=Path, metavar="FILE", help="also a page of the groups")
    _settings.add_to(parser)
    parser.add_argument(
        "--metrics",
        "--metric",
        type=_options.listed(lambda name: name.replace("-", "_"), "list of names"),
        action="extend",
        default=[],
        metavar="NAME,...",
        help="diversity metrics, for example self_bleu; default: the usual four",
    )
    parser.add_argument(
        "--pass-at-k",
        type=_options.listed(int, "list of whole numbers"),
        action="extend",
        default=[],
        metavar="K,...",
        help="also the unbiased pass@k",
    )
    parser.add_argument("--similarity", action="store_true", help="also the similarity matrices")
    parser.add_argument(
        "--groups-per-request",
        type=_options.whole(1),
        metavar="N",
        help="the batch that batch-level estimators normalise over; default: 32, fewer if large",
    )
    _options.add_to(parser, timeout=600.0)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    call = {
        "config": _settings.config(options),
        "metrics": options.metrics,
        "pass_at_k": options.pass_at_k,
        "similarity": options.similarity,
        "model": options.model,
    }
    named = {"input": options.file_in or options.file, "--out": options.out, "--html": options.html}
    _require_different(**{name: Path(file) for name, file in named.items() if file is not None})
    with contextlib.ExitStack() as open_now:
        client = open_now.enter_context(_options.client(options))
        _settings.require_sendable(client, **call)
        source = _source(options.file_in or options.file, open_now)
        limit = _options.first_answer(client, options).limits.max_message_bytes
        out = _sink(options.out, open_now)
        page = None if options.html is None else open_now.enter_context(Page(options.html))
        scoring = Scoring(client, call, out, page, options.groups_per_request)
        try:
            scoring.run(_lines.read(source, max(0, limit - _HEADER_BYTES)))
        finally:
            out.flush()
            print(scoring.summary(), file=sys.stderr)
        return scoring.exit_code()


def _require_different(**files: Path) -> None:
    """Refuses to write over what is read: the groups would be gone before one is scored."""
    seen: dict[Path, str] = {}
    for name, file in files.items():
        if str(file) == "-" or (file.exists() and not file.is_file()):
            continue  # standard input and output, a pipe, /dev/null
        first = seen.setdefault(file.resolve(), name)
        if first != name:
            raise UsageError(f"{name}: {file} (expected: another file than {first})")


def _source(name: str, open_now: contextlib.ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    return open_now.enter_context(Path(name).open("rb"))


def _sink(name: str, open_now: contextlib.ExitStack) -> TextIO:
    if name == "-":
        # Whatever the locale: the lines are UTF-8.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        return sys.stdout
    return open_now.enter_context(Path(name).open("w", encoding="utf-8", newline="\n"))
