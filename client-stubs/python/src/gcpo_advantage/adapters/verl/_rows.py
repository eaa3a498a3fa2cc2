# SPDX-License-Identifier: Apache-2.0
"""What verl's estimators are not given of a batch: texts, rollouts, golden answers, prompts.

A text is what verl gives to a reward function as ``solution_str``: the whole response without its
special tokens. So what a reward function submitted is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._texts import golden_column

DEFAULT_GOLDEN_FIELD = "reward_model.ground_truth"


@dataclass(eq=False)
class Texts:
    """Of N rows, in the order in which the estimator will see them.

    Attributes:
        settings: of the trainer that they come from.
        texts: [N] the responses.
        padding: [N] whether verl made the row up to fill a batch.
        rollout_ids: [N] the session of the row; None: each row is one.
        places: [N] the row's place in its session; None with ``rollout_ids``.
        golden: [N] golden answers; None where none is wanted.
        prompts: [N] prompts; None where none is wanted.
        metrics: what the estimator had to say.
    """

    settings: AdapterSettings
    texts: list[str]
    padding: list[bool]
    rollout_ids: list[str] | None = None
    places: list[int] | None = None
    golden: list[str | None] | None = None
    prompts: list[str] | None = None
    metrics: dict[str, float] = field(default_factory=dict)


def of_data_proto(data: Any, tokenizer: Any, settings: AdapterSettings) -> Texts:
    """From the ``DataProto`` that ``compute_advantage`` is given.

    It has ``prompts`` and ``responses``, padded, and an ``attention_mask`` over both.
    """
    responses = data.batch["responses"]
    attended = data.batch["attention_mask"].bool()
    width = responses.shape[1]
    pairs = zip(responses, attended[:, -width:], strict=True)
    prompts = None
    if settings.wants_prompts:
        cut = zip(data.batch["prompts"], attended[:, :-width], strict=True)
        prompts = _decoded(tokenizer, [ids[mask] for ids, mask in cut])
    return Texts(
        settings=settings,
        texts=_decoded(tokenizer, [ids[mask] for ids, mask in pairs]),
        padding=[False] * len(responses),
        golden=_golden(data.non_tensor_batch.get, len(responses), settings),
        prompts=prompts,
    )


def of_queue(queue: Any, batch: Any, tokenizer: Any, settings: AdapterSettings) -> Texts:
    """From TransferQueue, for the keys ``{uid}_{session}_{index}`` of a ``KVBatchMeta``."""
    column = settings.golden_field.partition(".")[0]
    wanted = ["responses"]
    wanted += ["prompts"] if settings.wants_prompts else []
    wanted += [column] if settings.wants_golden else []
    found = queue.kv_batch_get(
        keys=batch.keys, partition_id=batch.partition_id, select_fields=wanted
    )
    sessions = [_session(key) for key in batch.keys]

    def values(name: str) -> Any:
        return found[name] if name in found.keys() else None  # noqa: SIM118  # a TensorDict

    return Texts(
        settings=settings,
        texts=_decoded(tokenizer, found["responses"].unbind()),
        padding=[bool(tag.get("is_padding", False)) for tag in batch.tags],
        rollout_ids=[session for session, _ in sessions],
        places=[index for _, index in sessions],
        golden=_golden(values, len(batch.keys), settings),
        prompts=(
            _decoded(tokenizer, found["prompts"].unbind()) if settings.wants_prompts else None
        ),
    )


def _session(key: str) -> tuple[str, int]:
    session, _, index = key.rpartition("_")
    if "_" not in session or not index.isdecimal():
        raise ValueError(f"keys: {key!r} (expected: uid_session_index, as in verl 0.9 and 0.10)")
    return session, int(index)


def _decoded(tokenizer: Any, rows: Sequence[Any]) -> list[str]:
    return [tokenizer.decode(ids.tolist(), skip_special_tokens=True) for ids in rows]


def _golden(
    column: Callable[[str], Any], rows: int, settings: AdapterSettings
) -> list[str | None] | None:
    name = settings.golden_field.partition(".")[0]
    values: Any = column(name) if settings.wants_golden else None
    # An object array of a DataProto, or what TransferQueue returns for a column of objects.
    listed = values.tolist() if hasattr(values, "tolist") else values or [None] * rows
    return golden_column(settings, [{name: each} for each in listed])
