# SPDX-License-Identifier: Apache-2.0
"""The service's methods. Written by hand: generated stubs demand the newest grpcio."""

from __future__ import annotations

import grpc

from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2,
    info_service_pb2,
)

_PACKAGE = "/gcpo.advantage.v1"


class Stub:
    """One callable for each unary method. Thread-safe."""

    def __init__(self, channel: grpc.Channel) -> None:
        """Binds the methods to a channel."""
        self.compute_advantages = channel.unary_unary(
            f"{_PACKAGE}.AdvantageService/ComputeAdvantages",
            request_serializer=(advantage_service_pb2.ComputeAdvantagesRequest.SerializeToString),
            response_deserializer=advantage_service_pb2.ComputeAdvantagesResponse.FromString,
        )
        self.embed_texts = channel.unary_unary(
            f"{_PACKAGE}.AdvantageService/EmbedTexts",
            request_serializer=advantage_service_pb2.EmbedTextsRequest.SerializeToString,
            response_deserializer=advantage_service_pb2.EmbedTextsResponse.FromString,
        )
        self.submit_rollouts = channel.unary_unary(
            f"{_PACKAGE}.AdvantageService/SubmitRollouts",
            request_serializer=advantage_service_pb2.SubmitRolloutsRequest.SerializeToString,
            response_deserializer=advantage_service_pb2.SubmitRolloutsResponse.FromString,
        )
        self.get_server_info = channel.unary_unary(
            f"{_PACKAGE}.InfoService/GetServerInfo",
            request_serializer=info_service_pb2.GetServerInfoRequest.SerializeToString,
            response_deserializer=info_service_pb2.GetServerInfoResponse.FromString,
        )
