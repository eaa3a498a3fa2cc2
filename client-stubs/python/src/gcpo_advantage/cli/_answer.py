# SPDX-License-Identifier: Apache-2.0
"""A result as the server's own command writes it: a GroupResult in proto3 JSON, snake_case."""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2

from gcpo_advantage import _config
from gcpo_advantage._digest import input_sha256
from gcpo_advantage._enums import enum_number
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.results import GroupResult

_ENUMS = result_pb2.DESCRIPTOR.enum_types_by_name
_DOMAIN = "advantage.gcpo.io"
# All fields without presence are printed, zeros too; protobuf 5.26 has renamed the option.
_ZEROS = next(
    name
    for name in ("always_print_fields_with_no_presence", "including_default_value_fields")
    if name in inspect.signature(json_format.MessageToDict).parameters
)


def json_line(message: result_pb2.GroupResult) -> str:
    """One line of the file, with its end."""
    options: dict[str, Any] = {"preserving_proto_field_name": True, _ZEROS: True}
    values = json_format.MessageToDict(message, **options)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def broken_line(problem: str, group_id: str) -> result_pb2.GroupResult:
    """What stands in the place of a line that could not be sent."""
    status = status_pb2.Status(code=code_pb2.INVALID_ARGUMENT, message=problem)
    return result_pb2.GroupResult(group_id=group_id, error=status)


def to_message(result: GroupResult) -> result_pb2.GroupResult:
    """The message that the result was read from."""
    sent = result.group.to_message()
    if result.error is not None:
        return result_pb2.GroupResult(group_id=sent.group_id, error=_status(result.error))
    message = result_pb2.GroupResult(group_id=sent.group_id)
    advantages = message.advantages
    for i, rollout in enumerate(sent.rollouts):
        _write_rollout(advantages.rollouts.add(rollout_id=rollout.rollout_id), result, i)
    advantages.rewards.SetInParent()
    _write(advantages.rewards, result.rewards)
    if result.diversity is not None:
        _write(advantages.diversity.all, result.diversity.all)
        _write(advantages.diversity.correct, result.diversity.correct)
        for k, value in result.diversity.pass_at_k.items():
            advantages.diversity.pass_at_k.add(k=k, value=value)
    if result.gold is not None:
        advantages.gold.SetInParent()
        advantages.gold.outcome = _number("GoldOutcome", result.gold.outcome)
        _write(advantages.gold, result.gold, but="outcome")
    if result.kernel is not None:
        advantages.kernel.SetInParent()
        _write(advantages.kernel, result.kernel)
    if result.team_value is not None:
        advantages.team_value = result.team_value
    if result.credit_method is not None:
        advantages.credit_method = _number("CreditMethod", result.credit_method)
    if result.similarity is not None:
        advantages.similarity_f64_le = result.similarity.astype("<f8").tobytes()
    advantages.signal = _number("GroupSignal", result.signal)
    for name in ("keep", "centered", "batch_groups", "credit_samples", "credit_standard_error"):
        setattr(advantages, name, getattr(result, name))
    advantages.config.CopyFrom(_config.to_message(result.config))
    advantages.config_sha256 = result.config_sha256
    advantages.input_sha256 = input_sha256(sent)
    return message


def _write_rollout(answer: result_pb2.RolloutAdvantage, result: GroupResult, i: int) -> None:
    answer.advantage = result.advantages[i]
    answer.included = bool(result.included[i])
    answer.tokens = int(result.tokens[i])
    answer.truncated_tokens = int(result.truncated_tokens[i])
    if result.credits is not None and result.scaled_credits is not None:
        answer.credit = result.credits[i]
        answer.scaled_credit = result.scaled_credits[i]
    if result.credit_standard_errors is not None:
        answer.credit_standard_error = result.credit_standard_errors[i]
    if result.nearest_correct[i] >= 0:
        answer.nearest_correct_index = int(result.nearest_correct[i])
        answer.nearest_correct_similarity = result.nearest_similarity[i]
    if not math.isnan(result.importance_ratios[i]):
        answer.importance_ratio = result.importance_ratios[i]
        answer.clipped = bool(result.clipped[i])


def _write(message: Message, values: Any, but: str = "") -> None:  # noqa: ANN401 - a dataclass
    for field in dataclasses.fields(values):
        value = getattr(values, field.name)
        if value is not None and field.name != but:
            setattr(message, field.name, value)


def _number(enum: str, name: str) -> Any:  # noqa: ANN401 - each enum has its own type
    # A newer server's value has no name here, but its number.
    return int(name) if name.isdigit() else enum_number(enum, _ENUMS[enum], name)


def _status(error: AdvantageError) -> status_pb2.Status:
    """The server's status, without what the client put around its message."""
    text = str(error).removeprefix(f"group {error.group_id}: ")
    for violation in error.violations:
        text = text.replace(f"\n  {violation.field}: {violation.description}", "")
    code = code_pb2.Code.Value(error.code) if error.code else code_pb2.UNKNOWN
    status = status_pb2.Status(code=code, message=text)
    if error.reason is not None:
        reason = error_details_pb2.ErrorInfo(reason=error.reason, domain=_DOMAIN)
        status.details.add().Pack(reason)
    if error.violations:
        fields = error_details_pb2.BadRequest()
        for violation in error.violations:
            fields.field_violations.add(field=violation.field, description=violation.description)
        status.details.add().Pack(fields)
    if error.retry_delay is not None:
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.FromNanoseconds(round(error.retry_delay * 1e9))
        status.details.add().Pack(retry)
    return status
