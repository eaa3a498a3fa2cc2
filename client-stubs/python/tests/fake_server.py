# SPDX-License-Identifier: Apache-2.0
"""A servicer on loopback that answers as it is told."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from concurrent import futures
from typing import Any

import grpc
import numpy as np
from google.rpc import error_details_pb2, status_pb2

from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2 as service,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2 as config
from gcpo_advantage._generated.gcpo.advantage.v1 import info_service_pb2 as info
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2

DIMENSION = 3
_MIB = 1 << 20


class FakeServer:
    """Answers each rollout with its position as advantage and its reward as credit.

    Attributes:
        failures: statuses of the next calls, used up one a call.
        distort: changes an answer before it is sent.
        requests: the calls that were answered.
        kept: the SHA-256 of every text that was submitted.
        calls: how many calls of AdvantageService came in.
        default_estimator: what a request that names none gets.
        batch_level: the estimators said to normalise over the request.
    """

    def __init__(self) -> None:
        self.failures: list[tuple[grpc.StatusCode, status_pb2.Status | None]] = []
        self.distort: Callable[[Any], None] = lambda answer: None
        self.requests: list[Any] = []
        self.kept: set[bytes] = set()
        self.calls = 0
        self.info_calls = 0
        self.limits = info.Limits(
            max_message_bytes=64 * _MIB, max_groups_per_request=100, max_texts_per_request=100
        )
        self.default_estimator = config.ESTIMATOR_GCPO_COOPERATIVE
        self.batch_level = [config.ESTIMATOR_GPG]
        self.released = threading.Event()
        self.released.set()
        self._server = grpc.server(
            futures.ThreadPoolExecutor(4),
            options=[("grpc.max_receive_message_length", 64 * _MIB)],
        )
        handlers = {
            "AdvantageService": {
                "ComputeAdvantages": (self._compute, service.ComputeAdvantagesRequest),
                "EmbedTexts": (self._embed, service.EmbedTextsRequest),
                "SubmitRollouts": (self._submit, service.SubmitRolloutsRequest),
            },
            "InfoService": {"GetServerInfo": (self._info, info.GetServerInfoRequest)},
        }
        for name, methods in handlers.items():
            self._server.add_generic_rpc_handlers(
                (
                    grpc.method_handlers_generic_handler(
                        f"gcpo.advantage.v1.{name}",
                        {
                            method: grpc.unary_unary_rpc_method_handler(
                                handle,
                                request_deserializer=request.FromString,
                                response_serializer=lambda answer: answer.SerializeToString(),
                            )
                            for method, (handle, request) in methods.items()
                        },
                    ),
                )
            )
        self.target = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        self.released.set()
        self._server.stop(None).wait()

    def _compute(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self._count_or_fail(context)
        self.requests.append(request)
        answer = service.ComputeAdvantagesResponse(request_id=request.request_id)
        answer.model.dimension = DIMENSION
        answer.model.name = request.model or "fake"
        for group in request.groups:
            result = answer.results.add(group_id=group.group_id)
            if any(
                rollout.HasField("content_sha256") and rollout.content_sha256 not in self.kept
                for rollout in group.rollouts
            ):
                result.error.CopyFrom(status(9, "not known", "CONTENT_NOT_FOUND"))
                continue
            advantages = result.advantages
            advantages.signal = result_pb2.GROUP_SIGNAL_OK
            advantages.credit_method = result_pb2.CREDIT_METHOD_EXACT
            advantages.config.CopyFrom(request.config)
            advantages.team_value = sum(r.reward for r in group.rollouts)
            advantages.input_sha256 = _digest(group)
            for i, rollout in enumerate(group.rollouts):
                advantages.rollouts.add(
                    rollout_id=rollout.rollout_id,
                    advantage=i,
                    credit=rollout.reward,
                    scaled_credit=2 * rollout.reward,
                    included=rollout.HasField("reward"),
                    tokens=len(rollout.text),
                )
        self.distort(answer)
        return answer

    def _embed(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401
        self._count_or_fail(context)
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
        self._count_or_fail(context)
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

    def _count_or_fail(self, context: grpc.ServicerContext) -> None:
        self.calls += 1
        self.released.wait()
        if self.failures:
            code, details = self.failures.pop(0)
            if details is not None:
                context.set_trailing_metadata(
                    (("grpc-status-details-bin", details.SerializeToString()),)
                )
            context.abort(code, details.message if details else "told to fail")


def _digest(group: Any) -> bytes:  # noqa: ANN401
    """As the contract says, in other words than the client's."""
    whole = b""
    for rollout in group.rollouts:
        content = rollout.text.encode() if rollout.HasField("text") else rollout.embedding_f32_le
        if rollout.HasField("content_sha256"):
            whole += rollout.content_sha256
        elif rollout.WhichOneof("content"):
            whole += hashlib.sha256(content).digest()
        else:
            whole += b"\0" * 32
        reward = np.array(rollout.reward, dtype="<f8").tobytes()
        whole += reward if rollout.HasField("reward") else b"\xff" * 8
    return hashlib.sha256(whole).digest()


def status(code: int, message: str, reason: str, field: str | None = None) -> status_pb2.Status:
    """A status as the server makes it."""
    made = status_pb2.Status(code=code, message=message)
    made.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="gcpo"))
    if field is not None:
        bad = error_details_pb2.BadRequest()
        bad.field_violations.add(field=field, description="NaN (expected: finite)")
        made.details.add().Pack(bad)
    return made
