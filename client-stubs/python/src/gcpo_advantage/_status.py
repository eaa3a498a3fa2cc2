# SPDX-License-Identifier: Apache-2.0
"""From gRPC and google.rpc statuses to typed errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import grpc
from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2, status_pb2

from gcpo_advantage.errors import (
    AdvantageError,
    AuthenticationError,
    DeadlineExceededError,
    FieldViolation,
    InvalidRequestError,
    PreconditionError,
    QuotaExceededError,
    RequestTooLargeError,
    ServerError,
    UnavailableError,
)

_DETAILS_KEY = "grpc-status-details-bin"
_INDEX = re.compile(r"^(groups|texts)\[(\d+)\]")

# The same code as that of a message that is too large, which no wait makes smaller.
_QUOTA = ("RESOURCE_EXHAUSTED", "QUOTA")
_CLASSES: dict[str, type[AdvantageError]] = {
    "INVALID_ARGUMENT": InvalidRequestError,
    "OUT_OF_RANGE": InvalidRequestError,
    "RESOURCE_EXHAUSTED": RequestTooLargeError,
    "FAILED_PRECONDITION": PreconditionError,
    # The server has no model of that name.
    "NOT_FOUND": PreconditionError,
    "UNAUTHENTICATED": AuthenticationError,
    "PERMISSION_DENIED": AuthenticationError,
    "UNAVAILABLE": UnavailableError,
    # The client never cancels: the server or a proxy went away.
    "CANCELLED": UnavailableError,
    "DEADLINE_EXCEEDED": DeadlineExceededError,
    "INTERNAL": ServerError,
    "UNKNOWN": ServerError,
    "DATA_LOSS": ServerError,
}


def from_call(failure: grpc.RpcError, positions: Sequence[int] = ()) -> AdvantageError:
    """The error of a whole call.

    Args:
        failure: what the stub raised.
        positions: in the caller's list, of the call's groups or texts; field paths are written with
            them.
    """
    status = _details(failure)
    code = failure.code().name
    message = f"{code}: {failure.details() or status.message}"
    return _error(message, code, status, None, positions)


def from_group(
    group_id: str, status: status_pb2.Status, positions: Sequence[int] = ()
) -> AdvantageError:
    """The error of one group."""
    code = _name(status.code)
    return _error(f"group {group_id}: {status.message}", code, status, group_id, positions)


def _details(failure: grpc.RpcError) -> status_pb2.Status:
    for key, value in failure.trailing_metadata() or ():
        if key == _DETAILS_KEY:
            try:
                return status_pb2.Status.FromString(value)
            except DecodeError:
                # Something between us and the server wrote it: the code alone must do.
                break
    return status_pb2.Status()


def _error(
    message: str,
    code: str,
    status: status_pb2.Status,
    group_id: str | None,
    positions: Sequence[int],
) -> AdvantageError:
    reason: str | None = None
    violations: list[FieldViolation] = []
    retry_delay: float | None = None
    info = error_details_pb2.ErrorInfo()
    bad_request = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    for detail in status.details:
        if detail.Unpack(info):
            reason = info.reason
        elif detail.Unpack(bad_request):
            violations += [
                FieldViolation(in_callers_list(violation.field, positions), violation.description)
                for violation in bad_request.field_violations
            ]
        elif detail.Unpack(retry):
            retry_delay = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
    if violations:
        message += "".join(f"\n  {v.field}: {v.description}" for v in violations)
    make: Callable[..., AdvantageError] = _CLASSES.get(code, AdvantageError)
    if (code, reason) == _QUOTA:
        make = QuotaExceededError
    return make(
        message,
        code=code,
        reason=reason,
        violations=violations,
        group_id=group_id,
        retry_delay=retry_delay,
    )


def in_callers_list(field: str, positions: Sequence[int]) -> str:
    """The path as it is in the caller's list, which was sent in several requests."""

    def own(found: re.Match[str]) -> str:
        index = int(found[2])
        return f"{found[1]}[{positions[index] if index < len(positions) else index}]"

    return _INDEX.sub(own, field)


def _name(code: int) -> str:
    try:
        return str(code_pb2.Code.Name(code))
    except ValueError:
        return "UNKNOWN"
