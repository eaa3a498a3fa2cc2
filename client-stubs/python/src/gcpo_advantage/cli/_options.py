# SPDX-License-Identifier: Apache-2.0
"""The options that say which service is asked, and the client and the channel made of them."""

from __future__ import annotations

import argparse
import math
import os
import re
from pathlib import Path
from typing import Any

import grpc

from gcpo_advantage.cli._exit import UsageError
from gcpo_advantage.client import AdvantageClient

_MAX_MESSAGE_BYTES = 64 << 20
_TOKEN = re.compile(r"[\x21-\x7e]+")


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
    group.add_argument("--tls-roots", type=Path, metavar="FILE", help="PEM; TLS, checked by these")
    group.add_argument("--tls-certificate", type=Path, metavar="FILE", help="PEM; the client's own")
    group.add_argument("--tls-key", type=Path, metavar="FILE", help="PEM; the certificate's")


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


def client(options: argparse.Namespace) -> AdvantageClient:
    """The client; it connects at its first call.

    Raises:
        UsageError: options that do not fit together, or no target.
    """
    security = _security(options)
    if security:
        raise UsageError("--token, --tls-*: this client speaks plain text without a token only")
    return AdvantageClient(target(options), timeout=options.timeout, **security)


def channel(options: argparse.Namespace) -> grpc.Channel:
    """A channel of its own, for calls that the client has no method for; see :func:`metadata`.

    Raises:
        UsageError: as :func:`client`.
    """
    settings = [
        ("grpc.max_send_message_length", _MAX_MESSAGE_BYTES),
        ("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES),
    ]
    tls = _security(options).get("tls")
    if tls is None:
        return grpc.insecure_channel(target(options), options=settings)
    credentials = grpc.ssl_channel_credentials(
        tls["roots"].read_bytes() if tls["roots"] else None,
        tls["key"].read_bytes() if tls["key"] else None,
        tls["certificate"].read_bytes() if tls["certificate"] else None,
    )
    return grpc.secure_channel(target(options), credentials, options=settings)


def metadata(options: argparse.Namespace) -> list[tuple[str, str]]:
    """What goes with each call on :func:`channel`."""
    token = _security(options).get("token")
    return [] if token is None else [("authorization", f"Bearer {token}")]


def target(options: argparse.Namespace) -> str:
    """The service's address.

    Raises:
        UsageError: there is none.
    """
    chosen = options.target or os.environ.get("GCPO_TARGET")
    if not chosen:
        raise UsageError("--target: missing (expected: HOST:PORT, here or in GCPO_TARGET)")
    return str(chosen)


def _security(options: argparse.Namespace) -> dict[str, Any]:
    """``token`` and ``tls``, as far as they are there."""
    security: dict[str, Any] = {}
    token = options.token or os.environ.get("GCPO_TOKEN")
    if token:
        if not _TOKEN.fullmatch(token):
            # Without the value: a secret stays one, even a bad one.
            raise UsageError("--token: hidden (expected: visible ASCII characters)")
        security["token"] = token
    files = {name: getattr(options, f"tls_{name}") for name in ("roots", "certificate", "key")}
    if (files["certificate"] is None) != (files["key"] is None):
        raise UsageError("--tls-certificate, --tls-key: one of them (expected: both or none)")
    if any(files.values()):
        security["tls"] = files
    return security
