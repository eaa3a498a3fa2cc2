# SPDX-License-Identifier: Apache-2.0
"""Plans for texts without rewards: embedding them, and submitting them ahead of their rewards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gcpo_advantage import _check, _config
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, config_pb2
from gcpo_advantage._options import text_or
from gcpo_advantage._plan import Call, Plan, Session, ask, known_info
from gcpo_advantage._request_ids import part_id, request_id_or_random
from gcpo_advantage._split import split
from gcpo_advantage.errors import PreconditionError
from gcpo_advantage.info import AnswerOrigin, ModelIdentity, ServerInfo

Embeddings = npt.NDArray[np.float32]


def embed(
    session: Session,
    texts: Sequence[str],
    truncation_policy: str | None,
    model: str | None,
    request_id: str | None,
) -> Plan[Embeddings]:
    """The embeddings [n, d] of texts [n]; the arguments are those of ``AdvantageClient.embed``."""
    header = advantage_service_pb2.EmbedTextsRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        truncation_policy=_policy(truncation_policy),
    )
    texts = _listed(texts)
    sizes = [len(text.encode()) for text in texts]
    info = yield from known_info(session)
    calls = []
    limits = info.limits
    for part in split(
        "texts", sizes, limits.max_texts_per_request, limits.max_message_bytes, header.ByteSize()
    ):
        request = advantage_service_pb2.EmbedTextsRequest()
        request.CopyFrom(header)
        if len(part) < len(texts):
            request.request_id = part_id(header.request_id, f"from-{part.start}")
        request.texts.extend(texts[part.start : part.stop])
        calls.append(Call("embed_texts", request, part))
    if not calls:
        return np.empty((0, _dimension(info, model)), dtype=np.float32)
    answers = yield from ask(session, calls)
    rows = []
    for call, answer in zip(calls, answers, strict=True):
        _check.check_embed(call.request, answer)
        floats = np.frombuffer(answer.embeddings_f32_le, dtype="<f4").astype(np.float32)
        rows.append(floats.reshape(len(call.request.texts), answer.model.dimension))
    _check.require_one_origin(
        (ModelIdentity.from_message(answer.model), AnswerOrigin.from_message(answer.origin))
        for answer in answers
    )
    return np.concatenate(rows)


def submit(
    texts: Sequence[str],
    config: _config.Config,
    truncation_policy: str | None,
    model: str | None,
    request_id: str | None,
) -> Plan[list[bytes]]:
    """The hashes of texts; the arguments are those of ``AdvantageClient.submit``.

    Limits are the server's matter: rollouts come a few at a time, and nobody waits for an answer.
    """
    texts = _listed(texts)
    request = advantage_service_pb2.SubmitRolloutsRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        texts=texts,
        truncation_policy=_policy(truncation_policy),
        config=None if config is None else _config.to_message(config),
    )
    if not request.texts:
        return []
    (answer,) = yield [Call("submit_rollouts", request)]
    _check.check_submit(request, answer)
    return list(answer.content_sha256)


def _policy(name: str | None) -> config_pb2.TruncationPolicy:
    policy = {} if name is None else {"truncation_policy": name}
    return _config.to_message(policy).truncation_policy


def _listed(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, (str, bytes)):
        raise ValueError(f"texts: a {type(texts).__name__} (expected: a sequence of str)")
    listed = list(texts)
    for i, text in enumerate(listed):
        if not isinstance(text, str):
            raise ValueError(f"texts[{i}] is a {type(text).__name__} (expected: a str)")
        try:
            text.encode()
        except UnicodeEncodeError as wrong:
            raise ValueError(f"texts[{i}] (expected: text with a UTF-8 form)") from wrong
    return listed


def _dimension(info: ServerInfo, model: str | None) -> int:
    if not model:
        return info.model.dimension
    names = [each.identity.name for each in info.models]
    if model not in names:
        raise PreconditionError(
            f"model: {model!r} (expected: {' or '.join(names)})", reason="MODEL_NOT_FOUND"
        )
    return info.models[names.index(model)].identity.dimension
