# SPDX-License-Identifier: Apache-2.0
"""The plan of ``compute``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gcpo_advantage import _check, _config, _fallback, results
from gcpo_advantage._batch import require_one_request
from gcpo_advantage._config import Config
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, rollout_pb2
from gcpo_advantage._options import text_or
from gcpo_advantage._output import output_options
from gcpo_advantage._plan import Call, Plan, Session, ask, known_info
from gcpo_advantage._request_ids import part_id, request_id_or_random
from gcpo_advantage._settings import OnFailure, require_on_failure
from gcpo_advantage._split import split
from gcpo_advantage.errors import AdvantageError, InvalidAnswerError, RequestTooLargeError
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import AnswerOrigin, ModelIdentity, ServerInfo
from gcpo_advantage.results import GroupResult

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from gcpo_advantage._options import HeaderOptions

_CONTENT_NOT_FOUND = "CONTENT_NOT_FOUND"


@dataclass(frozen=True, eq=False)
class Question:
    """The arguments of one ``compute``, checked.

    Attributes:
        header: the request without its groups.
        groups: the groups, of different ids.
        prefetched: whether hashes stand for texts.
        on_failure: what becomes of a call without an answer.
        raises: whether a failed group's error is raised.
    """

    header: advantage_service_pb2.ComputeAdvantagesRequest
    groups: list[RolloutGroup]
    prefetched: bool
    on_failure: OnFailure
    raises: bool

    @classmethod
    def of(
        cls,
        groups: Iterable[RolloutGroup],
        *,
        on_failure: OnFailure,
        prefetched: bool = False,
        on_group_error: Literal["raise", "return"] = "raise",
        **options: Unpack[HeaderOptions],
    ) -> Question:
        """Checks arguments, which are those of ``AdvantageClient.compute``."""
        if on_group_error not in ("raise", "return"):
            raise ValueError(f"on_group_error: {on_group_error!r} (expected: raise or return)")
        require_on_failure(on_failure)
        listed = list(groups)
        made = header(**options)
        _require_distinct([group.group_id for group in listed])
        return cls(made, listed, prefetched, on_failure, on_group_error == "raise")

    def again(self) -> Question:
        """The same for texts that the server lacks: under another id, as its content differs."""
        made = advantage_service_pb2.ComputeAdvantagesRequest()
        made.CopyFrom(self.header)
        made.request_id = part_id(self.header.request_id, "texts")
        return replace(self, header=made)


def header(
    *,
    config: Config = None,
    diversity: bool = True,
    metrics: Sequence[str] = (),
    cluster_threshold: float | None = None,
    pass_at_k: Sequence[int] = (),
    similarity: bool = False,
    model: str | None = None,
    request_id: str | None = None,
) -> advantage_service_pb2.ComputeAdvantagesRequest:
    """A request without groups; the arguments are those of ``AdvantageClient.compute``."""
    return advantage_service_pb2.ComputeAdvantagesRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        config=_config.to_message(config),
        output=output_options(diversity, metrics, cluster_threshold, pass_at_k, similarity),
    )


def compute(session: Session, question: Question) -> Plan[list[GroupResult]]:
    """The result of every group, in order."""
    groups = question.groups
    try:
        computed = yield from _computed(session, question)
    except AdvantageError as failure:
        if not _fallback.covers(question.on_failure, failure):
            raise
        return _fallback.in_place_of(groups, question.on_failure, failure, session)
    for i, result in enumerate(computed):
        if _fallback.covers(question.on_failure, result.error):
            assert result.error is not None
            (computed[i],) = _fallback.in_place_of(
                [groups[i]], question.on_failure, result.error, session
            )
    if question.raises:
        _raise_first(computed)
    return computed


def _computed(session: Session, question: Question) -> Plan[list[GroupResult]]:
    every = range(len(question.groups))
    if not every:
        return []
    computed = yield from _answered(session, question, every, question.prefetched)
    if question.prefetched:
        lacking = [i for i in every if _lacks_texts(computed[i])]
        if lacking and any(computed[i].error is None and computed[i].batch_groups for i in every):
            # All of them: each advantage depends on the groups that had no answer.
            lacking = list(every)
        if lacking:
            again = yield from _answered(session, question.again(), lacking, False)
            for i, result in zip(lacking, again, strict=True):
                computed[i] = result
    _check.require_one_origin([(result.model, result.origin) for result in computed])
    return computed


def _answered(
    session: Session, question: Question, positions: Sequence[int], hashed: bool
) -> Plan[list[GroupResult]]:
    """The results of the groups at these positions, in as many requests as it takes."""
    messages = [question.groups[i].to_message(hashed) for i in positions]
    info = yield from known_info(session)
    parts = _parts(session, question.header, messages, info)
    calls = []
    for number, part in enumerate(parts, 1):
        request = advantage_service_pb2.ComputeAdvantagesRequest()
        request.CopyFrom(question.header)
        if len(parts) > 1:
            request.request_id = part_id(question.header.request_id, str(number))
        request.groups.extend(messages[part.start : part.stop])
        own = positions[part.start : part.stop]
        calls.append(Call("compute_advantages", request, own))
    answers = yield from ask(session, calls)
    computed: list[GroupResult] = []
    for call, answer in zip(calls, answers, strict=True):
        try:
            columns = _check.check_compute(call.request, answer, call.positions, len(calls) == 1)
        except InvalidAnswerError:
            # Perhaps another server by now, with other estimators.
            session.info = None
            raise
        model = ModelIdentity.from_message(answer.model)
        origin = AnswerOrigin.from_message(answer.origin)
        computed += [
            results.from_message(result, question.groups[i], model, origin, own, call.positions)
            for i, result, own in zip(call.positions, answer.results, columns, strict=True)
        ]
    return computed


def _parts(
    session: Session,
    header: advantage_service_pb2.ComputeAdvantagesRequest,
    messages: Sequence[rollout_pb2.RolloutGroup],
    info: ServerInfo,
) -> list[range]:
    limits = info.limits
    try:
        parts = list(
            split(
                "groups",
                [message.ByteSize() for message in messages],
                limits.max_groups_per_request,
                limits.max_message_bytes,
                header.ByteSize(),
            )
        )
        require_one_request(header, messages, parts, info)
    except RequestTooLargeError:
        # Perhaps another server by the next call, with other limits.
        session.info = None
        raise
    return parts


def _lacks_texts(result: GroupResult) -> bool:
    return result.error is not None and result.error.reason == _CONTENT_NOT_FOUND


def _require_distinct(group_ids: Sequence[str]) -> None:
    # Here, and not only on the server: twins could end up in different requests.
    seen: set[str] = set()
    for group_id in group_ids:
        if group_id in seen:
            raise ValueError(f"group_id: {group_id!r} twice (expected: distinct ids)")
        seen.add(group_id)


def _raise_first(computed: list[GroupResult]) -> None:
    for result in computed:
        if result.error is not None:
            result.error.results = computed
            raise result.error
