# SPDX-License-Identifier: Apache-2.0
"""``health``: whether the service serves, by the protocol ``grpc.health.v1``."""

from __future__ import annotations

import argparse
from typing import Any

import grpc

# HealthCheckRequest {string service = 1} and HealthCheckResponse {enum status = 1} have the wire
# format of these two. Types of their own would clash, in one process, with those of
# grpcio-health-checking, and that package pins protobuf.
from google.protobuf.wrappers_pb2 import Int32Value, StringValue

from gcpo_advantage import _status
from gcpo_advantage.cli import _exit, _options

_STATUS = {0: "UNKNOWN", 1: "SERVING", 2: "NOT_SERVING", 3: "SERVICE_UNKNOWN"}
_SERVING = 1
_EXAMPLE = "gcpo.advantage.v1.AdvantageService"


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    parser = commands.add_parser(
        "health",
        help="whether the service serves; exit code 0 if so, 1 if not, 3 without an answer",
    )
    parser.add_argument(
        "--service",
        default="",
        metavar="NAME",
        help=f"one service of the server, for example {_EXAMPLE}; default: the server as a whole",
    )
    _options.add_to(parser, timeout=10.0)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    channel, settings = _options.channel(options)
    with channel:
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=StringValue.SerializeToString,
            response_deserializer=Int32Value.FromString,
        )
        try:
            answer = check(
                StringValue(value=options.service),
                timeout=options.timeout,
                metadata=settings.metadata(),
            )
        except grpc.RpcError as failure:
            if failure.code() is grpc.StatusCode.NOT_FOUND:
                print("SERVICE_UNKNOWN")
                return _exit.FAILED
            raise _status.from_call(failure) from failure
    print(_STATUS.get(answer.value, str(answer.value)))
    return _exit.FINE if answer.value == _SERVING else _exit.FAILED
