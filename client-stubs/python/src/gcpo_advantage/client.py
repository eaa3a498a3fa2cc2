# SPDX-License-Identifier: Apache-2.0
"""The client."""

from __future__ import annotations

import math
import os
import time
import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Literal, TypeVar

import grpc
import numpy as np
import numpy.typing as npt

from gcpo_advantage import _check, _config, _prefetch, _status, results
from gcpo_advantage._batch import require_one_request
from gcpo_advantage._channel import LazyChannel
from gcpo_advantage._columns import Numbers
from gcpo_advantage._config import Config
from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    info_service_pb2,
    rollout_pb2,
)
from gcpo_advantage._output import output_options
from gcpo_advantage._rows import PerGroup, to_groups
from gcpo_advantage._split import split
from gcpo_advantage.errors import (
    DeadlineExceededError,
    InvalidAnswerError,
    InvalidRequestError,
    PreconditionError,
    RequestTooLargeError,
)
from gcpo_advantage.flat import FlatResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import ModelIdentity, ServerInfo
from gcpo_advantage.results import GroupResult

_Request = TypeVar("_Request")
_Answer = TypeVar("_Answer")


class AdvantageClient:
    """A client of the advantage service. Thread-safe, picklable, a context manager.

    It connects at the first call, anew in each process (a forked worker, an unpickled copy).
    Connections are plain text. ``UNAVAILABLE`` is tried up to four times within the time of the
    call; nothing else is repeated. A failed call raises a :class:`gcpo_advantage.AdvantageError`.
    """

    def __init__(self, target: str | None = None, *, timeout: float = 60.0) -> None:
        """Makes a client; connects to nothing yet.

        Args:
            target: ``host:port`` or a gRPC target such as ``dns:///host:port``. None: the
                environment variable ``GCPO_TARGET``.
            timeout: seconds a call may take, its retries included.

        Raises:
            ValueError: no target, or a timeout that is not positive.
        """
        chosen = target or os.environ.get("GCPO_TARGET")
        if not chosen:
            raise ValueError(f"target: {target!r} (expected: host:port, here or in GCPO_TARGET)")
        self._timeout = _positive(timeout)
        self._channel = LazyChannel(chosen)
        self._info: ServerInfo | None = None

    def __enter__(self) -> AdvantageClient:
        """Returns the client."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the client."""
        self.close()

    def close(self) -> None:
        """Ends the connections; further calls raise RuntimeError."""
        self._channel.close()

    def compute(
        self,
        groups: Iterable[RolloutGroup],
        *,
        config: Config = None,
        diversity: bool = True,
        metrics: Sequence[str] = (),
        cluster_threshold: float | None = None,
        pass_at_k: Sequence[int] = (),
        similarity: bool = False,
        model: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
        prefetched: bool = False,
        on_group_error: Literal["raise", "return"] = "raise",
    ) -> list[GroupResult]:
        """The advantages of every group, in the order of the groups.

        A call over the server's limits is sent as several requests, one after the other; but
        never where an estimator normalises over all groups of a request
        (``EstimatorInfo.batch_level``): such a call fails.

        Args:
            groups: the groups; their ids differ.
            config: for all groups that bring none of their own, for example ``{"estimator":
                "gcpo_cooperative", "alpha": 1, "normalization": "centered"}``; ``gold``,
                ``importance``, ``component_weights`` and ``composite_kernel`` are dictionaries in
                it. None: the server's defaults.
            diversity: whether results carry diversity metrics; without them, an estimator that
                works on rewards alone compares nothing.
            metrics: which, named as in :class:`gcpo_advantage.DiversityMetrics`, for example
                ``["vendi_score", "self_bleu"]``; a group without the texts or embeddings they need
                fails. Empty: ``vendi_score``, ``pairwise_distance``, ``effective_count`` and
                ``distinct``, where they can be had.
            cluster_threshold: from which similarity on the metric ``clusters`` links two rollouts,
                in (0, 1]. None: 0.9.
            pass_at_k: the k for which ``GroupDiversity.pass_at_k`` is wanted, each in [1, 1024].
            similarity: whether results carry ``GroupResult.similarity``; a group that lacks what
                the kernel looks at fails.
            model: which of the server's models embeds the texts, by its name in
                ``ServerInfo.models``; with ``prefetched``, the one that they were submitted for.
                None: the first.
            request_id: correlates with the server's logs; None: a random one.
            timeout: seconds for the whole call; None: the client's.
            prefetched: whether the texts were given to :meth:`submit` before: hashes are sent in
                their place, with the texts for kernels of text only, and the request once more as
                it is where the server no longer has some of them.
            on_group_error: ``"raise"`` raises the first failed group's error, whose ``results``
                hold all results; ``"return"`` returns it in ``GroupResult.error``.

        Raises:
            AdvantageError: the call failed, or a group did; a PreconditionError with reason
                ``MODEL_NOT_FOUND`` where the server has no such model.
            ValueError: groups, a configuration or options that cannot be sent.
            TypeError: a value of the wrong type in a configuration or in options.
        """
        if on_group_error not in ("raise", "return"):
            raise ValueError(f"on_group_error: {on_group_error!r} (expected: raise or return)")
        deadline = self._deadline(timeout)
        header = advantage_service_pb2.ComputeAdvantagesRequest(
            request_id=request_id or uuid.uuid4().hex,
            model=model or "",
            config=_config.to_message(config),
            output=output_options(diversity, metrics, cluster_threshold, pass_at_k, similarity),
        )
        groups = list(groups)
        messages = [group.to_message() for group in groups]
        _require_distinct([message.group_id for message in messages])
        if not messages:
            return []
        hashed = prefetched and not _prefetch.needs_texts(header.output)
        first_sent = _prefetch.with_hashes(messages) if hashed else messages
        # With its hashes a group is a little larger than as it is.
        parts = self._parts(header, first_sent, deadline)
        computed: list[GroupResult] = []
        for part in parts:
            texts = messages[part.start : part.stop]
            whole = len(parts) == 1
            groups_sent = first_sent[part.start : part.stop]
            own = groups[part.start : part.stop]
            answered = self._compute_part(header, groups_sent, own, deadline, part.start, whole)
            if hashed and _prefetch.lacks_texts(answered):
                # All of it: an estimator may look at all groups of a request, and the texts that
                # the server has cost it nothing.
                answered = self._compute_part(header, texts, own, deadline, part.start, whole)
            computed += answered
        if on_group_error == "raise":
            _raise_first(computed)
        return computed

    def compute_flat(
        self,
        rewards: Numbers,
        group_ids: Sequence[Hashable],
        texts: Sequence[str] | None = None,
        *,
        embeddings: npt.NDArray[Any] | None = None,
        hashes: Sequence[bytes] | None = None,
        golden: PerGroup = None,
        prompts: PerGroup = None,
        rollout_ids: Sequence[Hashable] | None = None,
        generated_tokens: Numbers | None = None,
        log_probs: Numbers | None = None,
        old_log_probs: Numbers | None = None,
        reward_components: Mapping[str, Numbers] | None = None,
        cluster_labels: Sequence[str | None] | None = None,
        kernel_texts: Sequence[str | None] | None = None,
        **options: Any,
    ) -> FlatResult:
        columns = {
            "texts": texts,
            "embeddings": embeddings,
            "hashes": hashes,
            "generated_tokens": generated_tokens,
            "log_probs": log_probs,
            "old_log_probs": old_log_probs,
            "reward_components": reward_components,
            "cluster_labels": cluster_labels,
            "kernel_texts": kernel_texts,
        }
        rows = to_groups(
            rewards,
            group_ids,
            rollout_ids=rollout_ids,
            golden=golden,
            prompts=prompts,
            columns=columns,
        )
        return rows.result(self.compute(rows.groups, **options))

    def submit(
        self,
        texts: Sequence[str],
        *,
        truncation_policy: str | None = None,
        model: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> list[bytes]:
        """Has texts embedded and kept for ``compute(..., prefetched=True)``; waits for it.

        Returns:
            [n] the SHA-256 of each text as UTF-8, 32 bytes each.

        Args:
            texts: [n] the texts of rollouts that have finished; not more than one request takes.
            truncation_policy: as in :meth:`embed`; the one that will be computed with.
            model: as in :meth:`embed`; the one that will be computed with.
            request_id: correlates with the server's logs; None: a random one.
            timeout: seconds for the whole call; None: the client's.

        Raises:
            AdvantageError: the call failed; a PreconditionError with reason ``CACHE_DISABLED``
                where the server keeps nothing, ``MODEL_NOT_FOUND`` where it has no such model.
            ValueError: a text or a policy that cannot be sent.
        """
        request = _submit_request(texts, truncation_policy, model, request_id)
        if not request.texts:
            return []
        method = self._channel.stub().submit_rollouts
        answer = self._call(method, request, self._deadline(timeout), 0)
        _check.check_submit(request, answer)
        return list(answer.content_sha256)

    def submit_async(
        self,
        texts: Sequence[str],
        *,
        truncation_policy: str | None = None,
        model: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Future[list[bytes]]:
        """As :meth:`submit`, at once: to be called as each rollout finishes.

        The future may be forgotten: what could not be submitted is embedded by ``compute``.
        Cancelling it cancels the call.
        """
        request = _submit_request(texts, truncation_policy, model, request_id)
        future: Future[list[bytes]] = Future()
        if not request.texts:
            future.set_result([])
            return future
        seconds = self._timeout if timeout is None else _positive(timeout)
        call = self._channel.stub().submit_rollouts.future(request, timeout=seconds)

        def answered(call: grpc.Future) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                answer = call.result()
                _check.check_submit(request, answer)
                future.set_result(list(answer.content_sha256))
            except grpc.RpcError as failure:
                future.set_exception(_status.from_call(failure))
            except Exception as failure:  # whoever waits must hear of it
                future.set_exception(failure)

        future.add_done_callback(lambda done: call.cancel() if done.cancelled() else None)
        call.add_done_callback(answered)
        return future

    def embed(
        self,
        texts: Sequence[str],
        *,
        truncation_policy: str | None = None,
        model: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> npt.NDArray[np.float32]:
        """The embeddings [n, d] of n texts, each row of Euclidean length 1.

        Args:
            texts: [n] the texts; may be empty texts.
            truncation_policy: what happens to texts over the model's window: ``chunk_mean`` (the
                default), ``error``, ``keep_head`` or ``keep_tail``.
            model: which of the server's models embeds them, by its name in ``ServerInfo.models``.
                None: the first.
            request_id: correlates with the server's logs; None: a random one.
            timeout: seconds for the whole call; None: the client's.

        Raises:
            AdvantageError: the call failed; a PreconditionError with reason ``MODEL_NOT_FOUND``
                where the server has no such model.
            ValueError: a text or a policy that cannot be sent.
        """
        if isinstance(texts, str):
            raise ValueError("texts: a str (expected: a sequence of str)")
        deadline = self._deadline(timeout)
        policy = {} if truncation_policy is None else {"truncation_policy": truncation_policy}
        header = advantage_service_pb2.EmbedTextsRequest(
            request_id=request_id or uuid.uuid4().hex,
            model=model or "",
            truncation_policy=_config.to_message(policy).truncation_policy,
        )
        info = self._cached_info(deadline)
        sizes = [len(_utf8(i, text)) for i, text in enumerate(texts)]
        rows: list[npt.NDArray[np.float32]] = []
        for part in split(
            "texts",
            sizes,
            info.limits.max_texts_per_request,
            info.limits.max_message_bytes,
            header.ByteSize(),
        ):
            request = advantage_service_pb2.EmbedTextsRequest()
            request.CopyFrom(header)
            request.texts.extend(texts[part.start : part.stop])
            method = self._channel.stub().embed_texts
            answer = self._call(method, request, deadline, part.start)
            _check.check_embed(request, answer)
            floats = np.frombuffer(answer.embeddings_f32_le, dtype="<f4").astype(np.float32)
            rows.append(floats.reshape(len(part), answer.model.dimension))
        if not rows:
            return np.empty((0, _dimension(info, model)), dtype=np.float32)
        return np.concatenate(rows)

    def info(self, *, timeout: float | None = None) -> ServerInfo:
        """What the server is, takes and does by default; asked anew each time.

        Raises:
            AdvantageError: the call failed.
        """
        return self._fetch_info(self._deadline(timeout))

    def _deadline(self, timeout: float | None) -> float:
        return time.monotonic() + (self._timeout if timeout is None else _positive(timeout))

    def _cached_info(self, deadline: float) -> ServerInfo:
        known = self._info
        return self._fetch_info(deadline) if known is None else known

    def _fetch_info(self, deadline: float) -> ServerInfo:
        request = info_service_pb2.GetServerInfoRequest()
        answer = self._call(self._channel.stub().get_server_info, request, deadline, 0)
        self._info = ServerInfo.from_message(answer)
        return self._info

    def _call(
        self,
        method: Callable[..., _Answer],
        request: _Request,
        deadline: float,
        first: int,
    ) -> _Answer:
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise DeadlineExceededError("timeout: over before all requests were sent")
        try:
            return method(request, timeout=remaining)
        except grpc.RpcError as failure:
            error = _status.from_call(failure, first)
            if isinstance(error, InvalidRequestError):
                # Perhaps another server by now, with other limits.
                self._info = None
            raise error from failure

    def _parts(
        self,
        header: advantage_service_pb2.ComputeAdvantagesRequest,
        messages: Sequence[rollout_pb2.RolloutGroup],
        deadline: float,
    ) -> list[range]:
        info = self._cached_info(deadline)
        try:
            parts = list(
                split(
                    "groups",
                    [message.ByteSize() for message in messages],
                    info.limits.max_groups_per_request,
                    info.limits.max_message_bytes,
                    header.ByteSize(),
                )
            )
            require_one_request(header, messages, parts, info)
        except RequestTooLargeError:
            # Perhaps another server by the next call, with other limits.
            self._info = None
            raise
        return parts

    def _compute_part(
        self,
        header: advantage_service_pb2.ComputeAdvantagesRequest,
        groups: Sequence[rollout_pb2.RolloutGroup],
        own: Sequence[RolloutGroup],
        deadline: float,
        first: int,
        whole: bool,
    ) -> list[GroupResult]:
        request = advantage_service_pb2.ComputeAdvantagesRequest()
        request.CopyFrom(header)
        request.groups.extend(groups)
        answer = self._call(self._channel.stub().compute_advantages, request, deadline, first)
        self._check_compute(request, answer, first, whole)
        model = ModelIdentity.from_message(answer.model)
        return [
            results.from_message(result, group, model, first)
            for result, group in zip(answer.results, own, strict=True)
        ]

    def _check_compute(
        self,
        request: advantage_service_pb2.ComputeAdvantagesRequest,
        answer: advantage_service_pb2.ComputeAdvantagesResponse,
        first_group: int,
        whole: bool,
    ) -> None:
        try:
            _check.check_compute(request, answer, first_group, whole)
        except InvalidAnswerError:
            # Perhaps another server by now, with other estimators.
            self._info = None
            raise

    def __getstate__(self) -> dict[str, Any]:
        """What travels: the target and the timeout."""
        return {"channel": self._channel, "timeout": self._timeout}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A client that has made no call yet."""
        self._channel = state["channel"]
        self._timeout = state["timeout"]
        self._info = None


def _submit_request(
    texts: Sequence[str],
    truncation_policy: str | None,
    model: str | None,
    request_id: str | None,
) -> advantage_service_pb2.SubmitRolloutsRequest:
    if isinstance(texts, str):
        raise ValueError("texts: a str (expected: a sequence of str)")
    for i, text in enumerate(texts):
        _utf8(i, text)
    policy = {} if truncation_policy is None else {"truncation_policy": truncation_policy}
    return advantage_service_pb2.SubmitRolloutsRequest(
        request_id=request_id or uuid.uuid4().hex,
        model=model or "",
        texts=texts,
        truncation_policy=_config.to_message(policy).truncation_policy,
    )


def _dimension(info: ServerInfo, model: str | None) -> int:
    if not model:
        return info.model.dimension
    names = [each.identity.name for each in info.models]
    if model not in names:
        raise PreconditionError(
            f"model: {model!r} (expected: {' or '.join(names)})", reason="MODEL_NOT_FOUND"
        )
    return info.models[names.index(model)].identity.dimension


def _positive(timeout: float) -> float:
    if not (timeout > 0 and math.isfinite(timeout)):
        raise ValueError(f"timeout: {timeout} (expected: seconds above 0)")
    return timeout


def _utf8(position: int, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as wrong:
        raise ValueError(f"texts[{position}] (expected: text with a UTF-8 form)") from wrong


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
