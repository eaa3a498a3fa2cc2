# SPDX-License-Identifier: Apache-2.0
"""A servicer on loopback that answers as it is told."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from typing import Any

import grpc
import numpy as np
from fake_answers import answer_group, status
from google.rpc import status_pb2

from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2 as service,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2 as config
from gcpo_advantage._generated.gcpo.advantage.v1 import info_service_pb2 as info

__all__ = ["DIMENSION", "FakeServer", "status", "stream_answer"]

DIMENSION = 3


class FakeServer:
    """Answers each rollout with its position as advantage and its reward as credit.

    Attributes:
        failures: statuses of the next calls, used up one a call.
        pushback: the trailer ``grpc-retry-pushback-ms`` of those failures; None: none.
        distort: changes an answer before it is sent.
        on_call: sees each request of AdvantageService first, in the server's thread.
        stream: what StreamAdvantages does, see ``answer_each``.
        requests: the calls that were answered.
        metadata: of every call of AdvantageService that came in.
        kept: the SHA-256 of every text that was submitted.
        calls: how many calls of AdvantageService came in.
        default_estimator: what a request that names none gets.
        batch_level: the estimators said to normalise over the request.
        released: unary calls wait until it is set.
    """

    def __init__(
        self,
        port: int = 0,
        credentials: grpc.ServerCredentials | None = None,
        threads: int = 4,
        max_message_bytes: int = 64 << 20,
    ) -> None:
        self.failures: list[tuple[grpc.StatusCode, status_pb2.Status | None]] = []
        self.pushback: str | None = None
        self.distort: Callable[[Any], None] = lambda answer: None
        self.on_call: Callable[[Any, grpc.ServicerContext], None] = lambda request, context: None
        self.stream: Callable[[Iterator[Any], grpc.ServicerContext], Iterator[Any]] = answer_each
        self.requests: list[Any] = []
        self.metadata: list[dict[str, Any]] = []
        self.kept: set[bytes] = set()
        self.calls = 0
        self.info_calls = 0
        self.limits = info.Limits(
            max_message_bytes=max_message_bytes,
            max_groups_per_request=100,
            max_texts_per_request=100,
        )
        self.default_estimator = config.ESTIMATOR_GCPO_COOPERATIVE
        self.batch_level = [config.ESTIMATOR_GPG]
        self.released = threading.Event()
        self.released.set()
        self._threads = futures.ThreadPoolExecutor(threads)
        self._server = grpc.server(
            self._threads,
            options=[("grpc.max_receive_message_length", max_message_bytes)],
        )
        self._handle("InfoService", {"GetServerInfo": (self._info, info.GetServerInfoRequest)})
        self._handle(
            "AdvantageService",
            {
                "ComputeAdvantages": (self._compute, service.ComputeAdvantagesRequest),
                "EmbedTexts": (self._embed, service.EmbedTextsRequest),
                "SubmitRollouts": (self._submit, service.SubmitRolloutsRequest),
            },
            StreamAdvantages=grpc.stream_stream_rpc_method_handler(
                self._stream,
                request_deserializer=service.StreamAdvantagesRequest.FromString,
                response_serializer=lambda answer: answer.SerializeToString(),
            ),
        )
        address = f"127.0.0.1:{port}"
        if credentials is None:
            self.port = self._server.add_insecure_port(address)
        else:
            self.port = self._server.add_secure_port(address, credentials)
        self.target = f"127.0.0.1:{self.port}"
        self._server.start()

    def _handle(
        self,
        name: str,
        methods: dict[str, tuple[Callable[..., Any], Any]],
        **streams: grpc.RpcMethodHandler,
    ) -> None:
        unary = {
            method: grpc.unary_unary_rpc_method_handler(
                handle,
                request_deserializer=request.FromString,
                response_serializer=lambda answer: answer.SerializeToString(),
            )
            for method, (handle, request) in methods.items()
        }
        handler = grpc.method_handlers_generic_handler(
            f"gcpo.advantage.v1.{name}", {**unary, **streams}
        )
        self._server.add_generic_rpc_handlers((handler,))

    def stop(self) -> None:
        self.released.set()
        self._server.stop(None).wait()
        self._threads.shutdown(wait=False)

    def _compute(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self._count_or_fail(request, context)
        self.requests.append(request)
        answer = service.ComputeAdvantagesResponse(request_id=request.request_id)
        answer.model.dimension = DIMENSION
        answer.model.name = request.model or "fake"
        for group in request.groups:
            answer.results.append(answer_group(group, request.config, self.kept))
        self.distort(answer)
        return answer

    def _embed(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self._count_or_fail(request, context)
        self.requests.append(request)
        rows = np.array([[len(text), 0, 1] for text in request.texts], dtype="<f4")
        answer = service.EmbedTextsResponse(
            request_id=request.request_id, embeddings_f32_le=rows.tobytes()
        )
        answer.model.dimension = DIMENSION
        answer.model.name = request.model or "fake"
        self.distort(answer)
        return answer

    def _submit(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self._count_or_fail(request, context)
        self.requests.append(request)
        digests = [hashlib.sha256(text.encode()).digest() for text in request.texts]
        self.kept.update(digests)
        answer = service.SubmitRolloutsResponse(
            request_id=request.request_id, content_sha256=digests
        )
        answer.model.name = request.model or "fake"
        self.distort(answer)
        return answer

    def _info(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self.info_calls += 1
        answer = info.GetServerInfoResponse(limits=self.limits)
        answer.build.version = "fake"
        answer.model.dimension = DIMENSION
        for name, dimension in (("fake", DIMENSION), ("wide", 2 * DIMENSION)):
            model = answer.models.add()
            model.model.name = name
            model.model.dimension = dimension
            model.engine.name = "abacus"
            model.engine.version = "1"
            model.engine.device = "hand"
            model.engine.reason = f"{name} counts"
            model.engine.deterministic = name == "fake"
        answer.default_config.estimator = self.default_estimator
        answer.estimators.add(estimator=2, summary="z-score").parameters.add(
            name="epsilon", default_value="1e-6", range="in (0, 1]"
        )
        for estimator in self.batch_level:
            answer.estimators.add(
                estimator=estimator,
                batch_level=True,
                inputs=[info.ESTIMATOR_INPUT_SIMILARITY, info.ESTIMATOR_INPUT_GENERATED_TOKENS],
            )
        answer.gold_parameters.add(name="threshold", default_value="0.0")
        answer.importance_parameters.add(name="clip_low", default_value="3.0e-4")
        return answer

    def _stream(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        self.metadata.append(dict(context.invocation_metadata()))
        self.calls += 1
        self._fail(context)
        for answer in self.stream(requests, context):
            self.distort(answer)
            yield answer

    def _count_or_fail(self, request: Any, context: grpc.ServicerContext) -> None:  # noqa: ANN401
        self.metadata.append(dict(context.invocation_metadata()))
        self.calls += 1
        self.on_call(request, context)
        self.released.wait()
        self._fail(context)

    def _fail(self, context: grpc.ServicerContext) -> None:
        if not self.failures:
            return
        code, details = self.failures.pop(0)
        trailers: list[tuple[str, Any]] = []
        if details is not None:
            trailers.append(("grpc-status-details-bin", details.SerializeToString()))
        if self.pushback is not None:
            trailers.append(("grpc-retry-pushback-ms", self.pushback))
        context.set_trailing_metadata(tuple(trailers))
        context.abort(code, details.message if details else "told to fail")


def stream_answer(group: Any) -> Any:  # noqa: ANN401
    """The answer to one group of a stream."""
    answer = service.StreamAdvantagesResponse(
        result=answer_group(group, config.AdvantageConfig(), set())
    )
    answer.model.name = "fake"
    answer.model.dimension = DIMENSION
    return answer


def answer_each(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
    """Answers each group of a stream at once."""
    for request in requests:
        if request.HasField("group"):
            yield stream_answer(request.group)
