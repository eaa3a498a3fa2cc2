# SPDX-License-Identifier: Apache-2.0
"""``info``: what the server is, takes and does by default."""

from __future__ import annotations

import argparse
import dataclasses
import json
from typing import Any

from gcpo_advantage.cli import _exit, _options
from gcpo_advantage.info import Limits, ModelIdentity, ModelInfo, ServerInfo

_WIDTH = 24


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    parser = commands.add_parser("info", help="what the service is, takes and does by default")
    parser.add_argument("--json", action="store_true", help="all of it, as one JSON object")
    _options.add_to(parser, timeout=10.0)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with _options.client(options) as client:
        info = _options.first_answer(client, options)
    if options.json:
        print(json.dumps(dataclasses.asdict(info), indent=2))
    else:
        print("\n".join(_lines(info)))
    return _exit.FINE


def _lines(info: ServerInfo) -> list[str]:
    # A server that does not list its models still has one.
    models = info.models or (ModelInfo(info.model, info.engine, info.engine_reason, False),)
    lines = [_line("server", f"{info.version}, commit {info.commit or 'unknown'}")]
    lines += [_line("model" if i == 0 else "", _model(model)) for i, model in enumerate(models)]
    lines += [
        _line(f"limit {field.name}", _limit(getattr(info.limits, field.name)))
        for field in dataclasses.fields(Limits)
    ]
    defaults = ", ".join(f"{name}={value}" for name, value in info.default_config.items())
    lines.append(_line("default", defaults))
    for estimator in info.estimators:
        needs = f" [needs {', '.join(estimator.inputs)}]" if estimator.inputs else ""
        batch = " [normalises over the whole request]" if estimator.batch_level else ""
        lines.append(_line(estimator.estimator, f"{estimator.summary}{needs}{batch}"))
    return lines


def _model(model: ModelInfo) -> str:
    identity: ModelIdentity = model.identity
    return (
        f"{identity.name}, dimension {identity.dimension}, {identity.max_input_tokens} tokens,"
        f" {identity.fingerprint[:12]}; {model.engine}: {model.reason}"
    )


def _limit(value: float) -> str:
    return f"{value:,.10g}" if value else "none"


def _line(name: str, value: str) -> str:
    return f"{name:<{_WIDTH}} {value}".rstrip()
