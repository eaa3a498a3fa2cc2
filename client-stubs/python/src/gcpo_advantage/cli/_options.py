# SPDX-License-Identifier: Apache-2.0
"""The options that say which service is asked, and the client and the channel made of them."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Callable
from typing import Any

import grpc

from gcpo_advantage._channel import channel_options
from gcpo_advantage._settings import ClientSettings
from gcpo_advantage.cli._exit import UsageError
from gcpo_advantage.client import AdvantageClient
from gcpo_advantage.info import ServerInfo
from gcpo_advantage.retry import RetryPolicy
from gcpo_advantage.tls import Tls

_FIRST_ANSWER_SECONDS = 30.0


def add_to(parser: argparse.ArgumentParser, timeout: float = 60.0) -> None:
    """Adds the options; ``timeout`` is the default of the one of that name."""
    group = parser.add_argument_group("service")
    group.add_argument(
        "--target", metavar="HOST:PORT", help="the service; default: GCPO_TARGET in the environment"
    )
    group.add_argument(
        "--token",
        help="sent with each call; others see a command's arguments, better set GCPO_TOKEN",
    )
    group.add_argument(
        "--timeout",
        type=seconds,
        default=timeout,
        metavar="SECONDS",
        help=f"of one call, its retries included; default: {timeout:g}",
    )
    group.add_argument(
        "--allow-insecure-token",
        action="store_true",
        help="send the token to another machine in plain text",
    )
    group.add_argument("--tls-roots", metavar="FILE", help="PEM; TLS, the server checked by these")
    group.add_argument("--tls-certificate", metavar="FILE", help="PEM; the client's own")
    group.add_argument("--tls-key", metavar="FILE", help="PEM; that certificate's")


def seconds(text: str) -> float:
    """A number of seconds above 0, of an argument."""
    value = float(text)
    if not (value > 0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError(f"{text} (expected: seconds above 0)")
    return value


def whole(least: int) -> Any:  # noqa: ANN401 - what argparse takes as type
    """A type of arguments: whole numbers from ``least`` on."""

    def parse(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{text} (expected: a whole number >= {least})")
        return value

    parse.__name__ = "whole number"
    return parse


def listed(entry: Callable[[str], Any], name: str) -> Callable[[str], list[Any]]:
    """A type of arguments: entries with commas between them; errors call it ``name``."""

    def parse(text: str) -> list[Any]:
        return [entry(part) for part in text.split(",")]

    parse.__name__ = name
    return parse


def client(options: argparse.Namespace) -> AdvantageClient:
    """The client; it connects at its first call.

    Raises:
        UsageError: options that do not fit together, or no target.
    """
    try:
        return AdvantageClient(**_arguments(options))
    except ValueError as wrong:
        raise UsageError(str(wrong)) from wrong


def channel(options: argparse.Namespace) -> tuple[grpc.Channel, ClientSettings]:
    """A channel of its own, for what the client has no method for, and what it is made of.

    Raises:
        UsageError: as :func:`client`.
    """
    try:
        settings = ClientSettings.of(
            **_arguments(options), retry=RetryPolicy(), connections=1, on_failure="raise"
        )
    except ValueError as wrong:
        raise UsageError(str(wrong)) from wrong
    more = channel_options(settings)
    if settings.tls is None:
        return grpc.insecure_channel(settings.target, options=more), settings
    return grpc.secure_channel(settings.target, settings.tls.credentials(), options=more), settings


def first_answer(client: AdvantageClient, options: argparse.Namespace) -> ServerInfo:
    """What the server is; nobody waits a long ``--timeout`` to hear that it is not there.

    Raises:
        AdvantageError: there was no answer.
    """
    return client.info(timeout=min(options.timeout, _FIRST_ANSWER_SECONDS))


def _arguments(options: argparse.Namespace) -> dict[str, Any]:
    # Each by itself: the authority may be an argument and the certificate in the environment.
    names = ("tls_roots", "tls_certificate", "tls_key")
    files = [getattr(options, name) or os.environ.get(f"GCPO_{name.upper()}") for name in names]
    tls = Tls(*(file or None for file in files)) if any(files) else None
    if tls is not None:
        tls.credentials()  # a file that cannot be read is told now, not by some later call
    return {
        "target": options.target,
        "timeout": options.timeout,
        "token": options.token,
        "allow_insecure_token": options.allow_insecure_token,
        "tls": tls,
    }
