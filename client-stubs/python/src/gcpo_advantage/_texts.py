# SPDX-License-Identifier: Apache-2.0
"""Plans for texts without rewards: embedding them, and submitting them ahead of their rewards."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from gcpo_advantage import _check, _config
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2, config_pb2
from gcpo_advantage._options import text_or
from gcpo_advantage._plan import Call, Plan, Session, ask, known_info
from gcpo_advantage._request_ids import part_id, request_id_or_random
from gcpo_advantage._sources import Source, WantedSource, require_one_source
from gcpo_advantage._split import split
from gcpo_advantage.errors import AdvantageError, PreconditionError
from gcpo_advantage.info import AnswerOrigin, ModelIdentity, ServerInfo

Embeddings = npt.NDArray[np.float32]


def embed(
    session: Session,
    texts: Sequence[str],
    *,
    truncation_policy: str | None = None,
    model: str | None = None,
    expected_model_fingerprint: str | None = None,
    request_id: str | None = None,
) -> Plan[Embeddings]:
    """The embeddings [n, d] of texts [n]; the arguments are those of ``AdvantageClient.embed``."""
    header = advantage_service_pb2.EmbedTextsRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        expected_model_fingerprint=text_or(
            "", "expected_model_fingerprint", expected_model_fingerprint
        ),
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
    rows: list[Embeddings] = [np.empty((0, 0), dtype=np.float32)] * len(calls)
    sources: list[Source] = [(None, None)] * len(calls)
    wanted = WantedSource()
    asked = list(range(len(calls)))
    for number in itertools.count(1):
        try:
            answers = yield from ask(session, [calls[i] for i in asked])
        except AdvantageError:
            if number == 1:
                raise
            break  # the parts do not fit together, which says more
        for i, answer in zip(asked, answers, strict=True):
            rows[i] = _rows(calls[i].request, answer)
            sources[i] = (
                ModelIdentity.from_message(answer.model),
                AnswerOrigin.from_message(answer.origin),
            )
        wanted.came([sources[i] for i in asked])
        asked = wanted.others(sources)
        if not asked:
            break
        for i in asked:
            calls[i].request.request_id = part_id(header.request_id, f"again-{number}.{i + 1}")
    require_one_source(sources)
    return np.concatenate(rows)


def _rows(request: advantage_service_pb2.EmbedTextsRequest, answer: Any) -> Embeddings:  # noqa: ANN401
    _check.check_embed(request, answer)
    floats = np.frombuffer(answer.embeddings_f32_le, dtype="<f4").astype(np.float32)
    return floats.reshape(len(request.texts), answer.model.dimension)


def submit(
    texts: Sequence[str],
    *,
    config: _config.Config = None,
    truncation_policy: str | None = None,
    model: str | None = None,
    expected_model_fingerprint: str | None = None,
    request_id: str | None = None,
) -> Plan[list[bytes]]:
    """The hashes of texts; the arguments are those of ``AdvantageClient.submit``.

    Limits are the server's matter: rollouts come a few at a time, and nobody waits for an answer.
    """
    texts = _listed(texts)
    request = advantage_service_pb2.SubmitRolloutsRequest(
        request_id=request_id_or_random(request_id),
        model=text_or("", "model", model),
        expected_model_fingerprint=text_or(
            "", "expected_model_fingerprint", expected_model_fingerprint
        ),
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
