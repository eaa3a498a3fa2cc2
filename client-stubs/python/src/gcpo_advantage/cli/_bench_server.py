# SPDX-License-Identifier: Apache-2.0
"""The same step without the client's work around it, for what the server and the way there take."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import grpc
from google.protobuf.duration_pb2 import Duration

from gcpo_advantage import _config, _status
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2
from gcpo_advantage._split import split
from gcpo_advantage.cli import _options
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import Limits

_METHOD = "/gcpo.advantage.v1.AdvantageService/ComputeAdvantages"


@dataclass(frozen=True)
class Times:
    """Seconds of one step.

    Attributes:
        call: from the first byte sent to the last one received.
        embedding: of it, by the server's clock, until the last embedding.
        advantages: of it, by the server's clock, from there to the last advantage.
    """

    call: float
    embedding: float
    advantages: float


class BareCalls:
    """Sends requests that are bytes already, and only afterwards looks at the answers."""

    def __init__(
        self,
        options: argparse.Namespace,
        config: dict[str, object],
        limits: Limits,
    ) -> None:
        """Opens a channel of its own."""
        self._channel, settings = _options.channel(options)
        self._method = self._channel.unary_unary(_METHOD)
        self._metadata = settings.metadata()
        self._timeout = options.timeout
        self._limits = limits
        self._header = advantage_service_pb2.ComputeAdvantagesRequest(
            model=options.model or "", config=_config.to_message(config)
        )

    def close(self) -> None:
        """Closes the channel."""
        self._channel.close()

    def step(self, groups: Sequence[RolloutGroup], hashed: bool) -> Times:
        """One step, one request after the other; ``hashed`` sends hashes in place of texts.

        Raises:
            AdvantageError: a call failed.
        """
        requests = self._requests(groups, hashed)
        started = time.perf_counter()
        try:
            answers = [
                self._method(request, timeout=self._timeout, metadata=self._metadata)
                for request in requests
            ]
        except grpc.RpcError as failure:
            raise _status.from_call(failure) from failure
        call = time.perf_counter() - started
        read = advantage_service_pb2.ComputeAdvantagesResponse.FromString
        timings = [read(answer).timing for answer in answers]
        return Times(
            call,
            sum(_seconds(timing.embedding_duration) for timing in timings),
            sum(_seconds(timing.advantage_duration) for timing in timings),
        )

    def _requests(self, groups: Sequence[RolloutGroup], hashed: bool) -> list[bytes]:
        messages = [group.to_message(hashed) for group in groups]
        requests = []
        for part in split(
            "groups",
            [message.ByteSize() for message in messages],
            self._limits.max_groups_per_request,
            self._limits.max_message_bytes,
            self._header.ByteSize(),
        ):
            request = advantage_service_pb2.ComputeAdvantagesRequest()
            request.CopyFrom(self._header)
            request.groups.extend(messages[part.start : part.stop])
            requests.append(request.SerializeToString())
        return requests


def _seconds(duration: Duration) -> float:
    return float(duration.seconds) + float(duration.nanos) / 1e9
