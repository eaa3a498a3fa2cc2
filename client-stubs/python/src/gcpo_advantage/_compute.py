# SPDX-License-Identifier: Apache-2.0
"""The plan of ``compute``."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gcpo_advantage import _check, _config, _fallback, results
from gcpo_advantage._batch import batch_estimator, require_one_request
from gcpo_advantage._config import Config
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, rollout_pb2
from gcpo_advantage._lost_groups import Losses, is_momentary
from gcpo_advantage._options import text_or
from gcpo_advantage._output import output_options
from gcpo_advantage._plan import Call, Plan, Session, ask, known_info
from gcpo_advantage._request_ids import part_id, request_id_or_random
from gcpo_advantage._settings import OnFailure, require_on_failure
from gcpo_advantage._sources import Source, WantedSource, require_one_source
from gcpo_advantage._split import split
from gcpo_advantage.errors import (
    AdvantageError,
    InvalidAnswerError,
    RequestTooLargeError,
)
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import AnswerOrigin, ModelIdentity, ServerInfo
from gcpo_advantage.results import GroupResult
from gcpo_advantage.retry import Attempts

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

    def under(self, part: str) -> Question:
        """The same for a repeat: under another id, as its content differs."""
        made = advantage_service_pb2.ComputeAdvantagesRequest()
        made.CopyFrom(self.header)
        made.request_id = part_id(self.header.request_id, part)
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
    expected_model_fingerprint: str | None = None,
    request_id: str | None = None,
) -> advantage_service_pb2.ComputeAdvantagesRequest:
    """A request without groups; the arguments are those of ``AdvantageClient.compute``."""
    return advantage_service_pb2.ComputeAdvantagesRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        expected_model_fingerprint=text_or(
            "", "expected_model_fingerprint", expected_model_fingerprint
        ),
        config=_config.to_message(config),
        output=output_options(diversity, metrics, cluster_threshold, pass_at_k, similarity),
    )


def compute(session: Session, question: Question, attempts: Attempts) -> Plan[list[GroupResult]]:
    """The result of every group, in order; the attempts are those of groups that fail alone."""
    groups = question.groups
    try:
        computed = yield from _computed(session, question, attempts)
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


def _computed(session: Session, question: Question, attempts: Attempts) -> Plan[list[GroupResult]]:
    every = range(len(question.groups))
    if not every:
        return []
    losses = Losses(len(every))
    computed = yield from _answered(session, question, every, question.prefetched)
    losses.came(every, computed)
    if question.prefetched:
        lacking = [i for i in every if _lacks_texts(computed[i])]
        yield from _repeat(session, question.under("texts"), computed, lacking, losses)
    yield from _settle(session, question, computed, losses, attempts)
    require_one_source([source for source in map(_source, computed) if source is not None])
    return computed


def _settle(
    session: Session,
    question: Question,
    computed: list[GroupResult],
    losses: Losses,
    attempts: Attempts,
) -> Plan[None]:
    """Asks again for what failed for the moment, and for what other servers worked out."""
    wanted = WantedSource()
    asked: Sequence[int] = range(len(computed))
    for number in itertools.count(1):
        wanted.came([source for i in asked if (source := _source(computed[i])) is not None])
        lost = [i for i in losses.allowed() if is_momentary(computed[i].error)]
        delay = attempts.pause_for_groups([e for i in lost if (e := computed[i].error) is not None])
        again = wanted.others([_source(result) for result in computed]) if delay is None else lost
        if not again:
            return
        try:
            asked = yield from _repeat(
                session, question.under(f"again-{number}"), computed, again, losses, delay or 0.0
            )
        except InvalidAnswerError:
            raise
        except AdvantageError:
            return  # what there is stands: good groups, and why the others failed first


def _repeat(
    session: Session,
    question: Question,
    computed: list[GroupResult],
    some: Sequence[int],
    losses: Losses,
    delay: float = 0.0,
) -> Plan[Sequence[int]]:
    """Puts new results in the place of some; returns at which positions.

    At all of them where some are normalised together: each of these depends on the others. But for
    those that the model was lost on too often: a group that failed has no part in that.
    """
    if some:
        info = yield from known_info(session)
        own = (_config.to_message(group.config or {}) for group in question.groups)
        if any(each.error is None and each.batch_groups for each in computed) or batch_estimator(
            question.header, own, info
        ):
            some = losses.allowed()
        again = yield from _answered(session, question, some, False, delay)
        losses.came(some, again)
        for i, result in zip(some, again, strict=True):
            computed[i] = result
    return some


def _answered(
    session: Session,
    question: Question,
    positions: Sequence[int],
    hashed: bool,
    delay: float = 0.0,
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
        calls.append(Call("compute_advantages", request, own, delay))
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


def _source(result: GroupResult) -> Source | None:
    """Where its numbers come from; None where it has none."""
    return (result.model, result.origin) if result.error is None else None


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
