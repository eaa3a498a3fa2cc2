# SPDX-License-Identifier: Apache-2.0
"""``bench``: how long a trainer's step waits for the service."""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from typing import Any

from gcpo_advantage.cli import _exit, _options, _settings
from gcpo_advantage.cli._bench_data import Data, Shape
from gcpo_advantage.cli._bench_report import Report
from gcpo_advantage.cli._bench_server import BareCalls
from gcpo_advantage.client import AdvantageClient

_TEXT_BYTES = 2000
_DESCRIPTION = """Times steps of synthetic groups, half of whose rollouts are correct: one call of
compute a step. After each step another one of its size is sent without the client's work around it,
to tell apart what the server and the way there take."""


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    parser = commands.add_parser(
        "bench", help="how long a step waits for the service", description=_DESCRIPTION
    )
    count = _options.whole(1)
    parser.add_argument("--groups", type=count, default=16, metavar="N", help="default: 16")
    parser.add_argument(
        "--rollouts", type=count, default=16, metavar="N", help="of each group; default: 16"
    )
    parser.add_argument(
        "--text-bytes",
        type=_options.whole(16),
        metavar="B",
        help=f"of each text; default: {_TEXT_BYTES}; with --dimension no text unless given",
    )
    content = parser.add_mutually_exclusive_group()
    content.add_argument(
        "--dimension",
        type=count,
        metavar="D",
        help="send embeddings of D numbers in place of texts",
    )
    content.add_argument(
        "--prefetch", action="store_true", help="submit the texts ahead, which is not timed as step"
    )
    parser.add_argument("--steps", type=count, default=20, metavar="N", help="default: 20")
    parser.add_argument(
        "--warmup", type=_options.whole(0), default=3, metavar="N", help="steps before; default: 3"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, times in seconds")
    _settings.add_to(parser)
    _options.add_to(parser, timeout=600.0)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    dimension = options.dimension or 0
    size = options.text_bytes or (0 if dimension else _TEXT_BYTES)
    shape = Shape(options.groups, options.rollouts, size, dimension, options.prefetch)
    config = _settings.config(options)
    report = Report(shape)
    with contextlib.ExitStack() as open_now:
        client = open_now.enter_context(_options.client(options))
        _settings.require_sendable(client, config=config, model=options.model)
        info = _options.first_answer(client, options)
        calls = BareCalls(options, config, info.limits)
        open_now.callback(calls.close)
        data = Data(shape)
        for step in range(options.warmup + options.steps):
            texts, again = data.texts(), data.texts()
            groups, twins = data.groups(texts), data.groups(again)
            submitted = 0.0
            if shape.prefetch:
                most = info.limits.max_texts_per_request
                submitted = _submit(client, options, config, texts, most)
                _submit(client, options, config, again, most)
            started, busy = time.perf_counter(), time.process_time()
            client.compute(groups, config=config, model=options.model, prefetched=shape.prefetch)
            waited, busy = time.perf_counter() - started, time.process_time() - busy
            times = calls.step(twins, shape.prefetch)
            if step >= options.warmup:
                report.add(waited, busy, times, submitted)
    if options.json:
        print(json.dumps(report.to_json(), indent=2))
    else:
        print("\n".join(report.lines()))
    return _exit.FINE


def _submit(
    client: AdvantageClient,
    options: argparse.Namespace,
    config: dict[str, Any],
    texts: list[list[str]],
    most: int,
) -> float:
    flat = [text for group in texts for text in group]
    most = most or len(flat)
    started = time.perf_counter()
    for first in range(0, len(flat), most):
        # What the kernel reads of the texts is read ahead too, as a trainer has it.
        client.submit(flat[first : first + most], config=config, model=options.model)
    return time.perf_counter() - started
