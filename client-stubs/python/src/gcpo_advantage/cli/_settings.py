# SPDX-License-Identifier: Apache-2.0
"""The configuration of a call, from ``--config``, ``--set`` and ``--estimator``."""

from __future__ import annotations

import argparse
import json
from typing import Any

from gcpo_advantage.cli._exit import UsageError
from gcpo_advantage.client import AdvantageClient


def add_to(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument(
        "--config",
        metavar="JSON",
        help='the configuration as in Python, for example \'{"estimator": "grpo"}\'',
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one field of it, for example alpha=10 or gold.reward=0.5; may be repeated",
    )
    parser.add_argument("--estimator", metavar="NAME", help="as --set estimator=NAME")
    parser.add_argument("--model", metavar="NAME", help="which model embeds; default: the first")


def config(options: argparse.Namespace) -> dict[str, Any]:
    """The configuration; a later option overrides an earlier one, ``--set`` overrides ``--config``.

    Raises:
        UsageError: arguments that cannot be read.
    """
    chosen = {} if options.config is None else _object(options.config)
    for argument in options.set:
        name, equals, value = argument.partition("=")
        if not (name and equals):
            raise UsageError(f"--set: {argument} (expected: NAME=VALUE)")
        _put(chosen, name, value.strip())
    if options.estimator is not None:
        chosen["estimator"] = options.estimator.replace("-", "_")
    return chosen


def require_sendable(client: AdvantageClient, **options: Any) -> None:  # noqa: ANN401
    """Checks names and types of ``compute``'s options before a file is read; asks nobody.

    Raises:
        UsageError: an option that cannot be sent.
    """
    try:
        client.compute([], **options)
    except (ValueError, TypeError) as wrong:
        raise UsageError(str(wrong)) from wrong


def _put(chosen: dict[str, Any], name: str, text: str) -> None:
    outer, dot, inner = name.partition(".")
    if not dot:
        chosen[outer] = _value(text)
        return
    nested = chosen.setdefault(outer, {})
    if not isinstance(nested, dict):
        raise UsageError(f"--set: {name}={text} (expected: {outer} without a value of its own)")
    nested[inner] = _value(text)


def _value(text: str) -> int | float | str:
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text.replace("-", "_")


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as wrong:
        raise UsageError(f"--config: {text} (expected: a JSON object; {wrong})") from wrong
    if not isinstance(value, dict):
        raise UsageError(f"--config: {text} (expected: a JSON object)")
    return value
