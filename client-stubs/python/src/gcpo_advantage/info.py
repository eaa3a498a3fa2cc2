# SPDX-License-Identifier: Apache-2.0
"""What a server says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from google.protobuf import duration_pb2

from gcpo_advantage._config import to_dict
from gcpo_advantage._enums import enum_name
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2, info_service_pb2, model_pb2

_ESTIMATOR = config_pb2.DESCRIPTOR.enum_types_by_name["Estimator"]
_KERNEL = config_pb2.DESCRIPTOR.enum_types_by_name["Kernel"]
_INPUT = info_service_pb2.DESCRIPTOR.enum_types_by_name["EstimatorInput"]


@dataclass(frozen=True)
class ModelIdentity:
    """Which model made the embeddings; two answers with one fingerprint come from one model.

    Attributes:
        name: for example ``all-MiniLM-L6-v2``.
        fingerprint: SHA-256, hex, of all that shapes an embedding.
        dimension: length d of an embedding.
        max_input_tokens: tokens of one window, special tokens included.
    """

    name: str
    fingerprint: str
    dimension: int
    max_input_tokens: int

    @classmethod
    def from_message(cls, message: model_pb2.ModelIdentity) -> ModelIdentity:
        """Reads the message."""
        return cls(message.name, message.fingerprint, message.dimension, message.max_input_tokens)


@dataclass(frozen=True)
class AnswerOrigin:
    """Which server worked an answer out. Empty texts from one that does not say.

    Attributes:
        server_version: for example ``1.2.0``.
        server_commit: abbreviated.
        engine: what runs the model, for example ``onnxruntime``.
        engine_version: its version.
        device: for example ``cpu``.
        deterministic: whether a text has the same embedding, bit for bit, whatever else is embedded
            at the time.
    """

    server_version: str
    server_commit: str
    engine: str
    engine_version: str
    device: str
    deterministic: bool

    @classmethod
    def from_message(cls, message: model_pb2.AnswerOrigin) -> AnswerOrigin:
        """Reads the message."""
        return cls(
            message.server_version,
            message.server_commit,
            message.engine,
            message.engine_version,
            message.device,
            message.deterministic,
        )


@dataclass(frozen=True)
class ModelInfo:
    """A model that a call may name, and what runs it.

    Attributes:
        identity: which model; ``identity.name`` is what ``model=`` takes.
        engine: what runs it, for example ``onnxruntime 1.28.0 (cpu)``.
        reason: why this engine on this device.
        deterministic: whether a text has the same embedding, bit for bit, whatever else is embedded
            at the time.
    """

    identity: ModelIdentity
    engine: str
    reason: str
    deterministic: bool

    @classmethod
    def from_message(cls, message: info_service_pb2.ModelInfo) -> ModelInfo:
        """Reads the message."""
        return cls(
            identity=ModelIdentity.from_message(message.model),
            engine=_engine(message.engine),
            reason=message.engine.reason,
            deterministic=message.engine.deterministic,
        )


@dataclass(frozen=True)
class Limits:
    """What a request must keep to; 0 where the server names no limit.

    Attributes:
        max_message_bytes: bytes of one request message.
        max_groups_per_request: groups of one request; the client splits larger calls.
        max_rollouts_per_group: rollouts of one group.
        max_texts_per_request: texts of one embedding request; the client splits larger calls.
        max_text_bytes: bytes of one text as UTF-8.
        max_embedding_dimension: dimension d of embeddings given by the caller.
        max_abs_reward: magnitude of a reward.
        max_queued_tokens: tokens waiting for the model, over all requests.
        kept_text_bytes: bytes of submitted texts, and of what kernels read of them, that it keeps.
        admissible_bytes: bytes of requests that it reads or works on at one time; others wait.
        max_waiting_calls: calls that may wait so; more are refused.
        body_timeout_seconds: in which a call's message must arrive once it may.
        max_deadline_seconds: the longest a call may take, whatever its deadline.
        max_wait_seconds: texts that would wait longer for the model are refused.
        max_calls_per_connection: calls open at one time; more wait in the client.
        max_metadata_bytes: bytes of a call's metadata.
        max_resets_per_connection: calls that may be reset within the window.
        reset_window_seconds: how long resets are counted for.
        handshake_timeout_seconds: from the connection to its first HTTP/2 frame.
        max_idle_seconds: without a call, before a connection is closed.
        max_age_seconds: before a connection is closed in an orderly way.
        max_age_grace_seconds: what calls then have to end.
        min_ping_interval_seconds: between two pings of a client.
        flow_control_window: bytes of a call that may be sent before the server asks for them.
    """

    max_message_bytes: int
    max_groups_per_request: int
    max_rollouts_per_group: int
    max_texts_per_request: int
    max_text_bytes: int
    max_embedding_dimension: int
    max_abs_reward: float
    max_queued_tokens: int
    kept_text_bytes: int
    admissible_bytes: int
    max_waiting_calls: int
    body_timeout_seconds: float
    max_deadline_seconds: float
    max_wait_seconds: float
    max_calls_per_connection: int
    max_metadata_bytes: int
    max_resets_per_connection: int
    reset_window_seconds: float
    handshake_timeout_seconds: float
    max_idle_seconds: float
    max_age_seconds: float
    max_age_grace_seconds: float
    min_ping_interval_seconds: float
    flow_control_window: int

    @classmethod
    def from_message(cls, message: info_service_pb2.Limits) -> Limits:
        """Reads the message."""
        connection = message.connection
        return cls(
            max_message_bytes=message.max_message_bytes,
            max_groups_per_request=message.max_groups_per_request,
            max_rollouts_per_group=message.max_rollouts_per_group,
            max_texts_per_request=message.max_texts_per_request,
            max_text_bytes=message.max_text_bytes,
            max_embedding_dimension=message.max_embedding_dimension,
            max_abs_reward=message.max_abs_reward,
            max_queued_tokens=message.max_queued_tokens,
            kept_text_bytes=message.kept_text_bytes,
            admissible_bytes=message.admissible_bytes,
            max_waiting_calls=message.max_waiting_calls,
            body_timeout_seconds=_seconds(message.body_timeout),
            max_deadline_seconds=_seconds(message.max_deadline),
            max_wait_seconds=_seconds(message.max_wait),
            max_calls_per_connection=connection.max_calls,
            max_metadata_bytes=connection.max_metadata_bytes,
            max_resets_per_connection=connection.max_resets,
            reset_window_seconds=_seconds(connection.reset_window),
            handshake_timeout_seconds=_seconds(connection.handshake_timeout),
            max_idle_seconds=_seconds(connection.max_idle),
            max_age_seconds=_seconds(connection.max_age),
            max_age_grace_seconds=_seconds(connection.max_age_grace),
            min_ping_interval_seconds=_seconds(connection.min_ping_interval),
            flow_control_window=connection.flow_control_window,
        )


@dataclass(frozen=True)
class ParameterInfo:
    """One field of the configuration as an estimator takes it."""

    name: str
    summary: str
    default_value: str
    range: str


@dataclass(frozen=True)
class EstimatorInfo:
    """One method that turns rewards into advantages, as the server declares it.

    Attributes:
        estimator: its name in a configuration.
        summary: one sentence.
        source: where it comes from, and whose definition it is.
        parameters: what it takes of a configuration, besides ``truncation_policy``, ``gold``,
            ``importance`` and the kernel's fields, which all take.
        batch_level: whether it normalises over all groups of a call, which is then never sent in
            several requests.
        inputs: what it needs of a group besides rewards, with its default parameters; some of
            ``similarity`` (what the kernel looks at), ``generated_tokens``, ``greedy_reward`` and
            ``reward_components``.
        default_kernel: its kernel where a configuration names none; None: ``general`` where every
            rollout brings a text or a kernel text, ``embedding_only`` where not.
    """

    estimator: str
    summary: str
    source: str
    parameters: tuple[ParameterInfo, ...]
    batch_level: bool
    inputs: tuple[str, ...]
    default_kernel: str | None


@dataclass(frozen=True)
class ServerInfo:
    """What a server is, takes and does by default.

    Attributes:
        version: of the server.
        commit: its abbreviated commit id.
        model: the model that embeds texts where a call names none.
        engine: what runs the model, for example ``onnxruntime 1.28.0 (cpu)``.
        engine_reason: why this engine on this device; empty from an older server.
        models: every model that a call may name, ``model`` first; empty from an older server.
        limits: what a request must keep to.
        default_config: what a request that sets nothing gets for rollouts with texts.
        estimators: every estimator with its parameters.
        kernel_parameters: what every estimator takes for the similarity of rollouts.
        gold_parameters: what ``gold`` takes in a configuration.
        importance_parameters: what ``importance`` takes in a configuration.
    """

    version: str
    commit: str
    model: ModelIdentity
    engine: str
    engine_reason: str
    models: tuple[ModelInfo, ...]
    limits: Limits
    default_config: dict[str, Any]
    estimators: tuple[EstimatorInfo, ...]
    kernel_parameters: tuple[ParameterInfo, ...]
    gold_parameters: tuple[ParameterInfo, ...]
    importance_parameters: tuple[ParameterInfo, ...]

    @classmethod
    def from_message(cls, message: info_service_pb2.GetServerInfoResponse) -> ServerInfo:
        """Reads the message."""
        return cls(
            version=message.build.version,
            commit=message.build.commit,
            model=ModelIdentity.from_message(message.model),
            engine=_engine(message.engine),
            engine_reason=message.engine.reason,
            models=tuple(ModelInfo.from_message(model) for model in message.models),
            limits=Limits.from_message(message.limits),
            default_config=to_dict(message.default_config),
            estimators=tuple(_estimator(estimator) for estimator in message.estimators),
            kernel_parameters=_parameters(message.kernel_parameters),
            gold_parameters=_parameters(message.gold_parameters),
            importance_parameters=_parameters(message.importance_parameters),
        )


def _seconds(message: duration_pb2.Duration) -> float:
    seconds: float = message.seconds + message.nanos / 1e9
    return seconds


def _engine(message: info_service_pb2.EngineInfo) -> str:
    return f"{message.name} {message.version} ({message.device})"


def _estimator(message: info_service_pb2.EstimatorInfo) -> EstimatorInfo:
    return EstimatorInfo(
        estimator=enum_name(_ESTIMATOR, message.estimator),
        summary=message.summary,
        source=message.source,
        parameters=_parameters(message.parameters),
        batch_level=message.batch_level,
        inputs=tuple(enum_name(_INPUT, needed) for needed in message.inputs),
        default_kernel=(
            enum_name(_KERNEL, message.default_kernel)
            if message.HasField("default_kernel")
            else None
        ),
    )


def _parameters(messages: Iterable[info_service_pb2.ParameterInfo]) -> tuple[ParameterInfo, ...]:
    return tuple(
        ParameterInfo(message.name, message.summary, message.default_value, message.range)
        for message in messages
    )
