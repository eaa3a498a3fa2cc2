# SPDX-License-Identifier: Apache-2.0
"""The service's methods. Written by hand: generated stubs demand the newest grpcio."""

from __future__ import annotations

from typing import Any

from gcpo_advantage._generated.gcpo.advantage.v1 import (
    advantage_service_pb2 as service,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import info_service_pb2 as info

_ADVANTAGE = "/gcpo.advantage.v1.AdvantageService"
_INFO = "/gcpo.advantage.v1.InfoService"


class Stub:
    """One callable for each method, over a channel.

    Attributes:
        metadata: of every call.
    """

    def __init__(self, channel: Any, metadata: tuple[tuple[str, str], ...]) -> None:  # noqa: ANN401
        """Binds the methods to a channel."""
        self.metadata = metadata
        self.compute_advantages = channel.unary_unary(
            f"{_ADVANTAGE}/ComputeAdvantages",
            request_serializer=service.ComputeAdvantagesRequest.SerializeToString,
            response_deserializer=service.ComputeAdvantagesResponse.FromString,
        )
        self.stream_advantages = channel.stream_stream(
            f"{_ADVANTAGE}/StreamAdvantages",
            request_serializer=service.StreamAdvantagesRequest.SerializeToString,
            response_deserializer=service.StreamAdvantagesResponse.FromString,
        )
        self.embed_texts = channel.unary_unary(
            f"{_ADVANTAGE}/EmbedTexts",
            request_serializer=service.EmbedTextsRequest.SerializeToString,
            response_deserializer=service.EmbedTextsResponse.FromString,
        )
        self.submit_rollouts = channel.unary_unary(
            f"{_ADVANTAGE}/SubmitRollouts",
            request_serializer=service.SubmitRolloutsRequest.SerializeToString,
            response_deserializer=service.SubmitRolloutsResponse.FromString,
        )
        self.get_server_info = channel.unary_unary(
            f"{_INFO}/GetServerInfo",
            request_serializer=info.GetServerInfoRequest.SerializeToString,
            response_deserializer=info.GetServerInfoResponse.FromString,
        )
