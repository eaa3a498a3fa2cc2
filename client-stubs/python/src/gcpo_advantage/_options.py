# SPDX-License-Identifier: Apache-2.0
"""Keyword arguments that several methods take alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, cast, overload

from gcpo_advantage._columns import Numbers
from gcpo_advantage._config import Config
from gcpo_advantage._settings import OnFailure


class HeaderOptions(TypedDict, total=False):
    """Those of ``AdvantageClient.compute`` that travel."""

    config: Config
    diversity: bool
    metrics: Sequence[str]
    cluster_threshold: float | None
    pass_at_k: Sequence[int]
    similarity: bool
    model: str | None
    expected_model_fingerprint: str | None
    request_id: str | None


class StreamOptions(HeaderOptions, total=False):
    """Those that ``AdvantageClient.stream`` takes too."""

    timeout: float | None


class BatchOptions(StreamOptions, total=False):
    """Those that ``AdvantageClient.compute_flat`` takes too."""

    prefetched: bool
    on_failure: OnFailure | None


class ComputeOptions(BatchOptions, total=False):
    """All of them."""

    on_group_error: Literal["raise", "return"]


class TextHeaderOptions(TypedDict, total=False):
    """Those of ``AdvantageClient.embed`` that travel."""

    truncation_policy: str | None
    model: str | None
    expected_model_fingerprint: str | None
    request_id: str | None


class EmbedOptions(TextHeaderOptions, total=False):
    """All of them."""

    timeout: float | None


class SubmitHeaderOptions(TextHeaderOptions, total=False):
    """Those of ``AdvantageClient.submit`` that travel."""

    config: Config


class SubmitOptions(SubmitHeaderOptions, EmbedOptions, total=False):
    """All of them."""


class Columns(TypedDict, total=False):
    """Columns [N] of a batch beside rewards and contents, as in ``RolloutGroup``."""

    generated_tokens: Numbers | None
    log_probs: Numbers | None
    old_log_probs: Numbers | None
    reward_components: Mapping[str, Numbers] | None
    kernel_texts: Sequence[str | None] | None
    cluster_labels: Sequence[str | None] | None


class FlatOptions(BatchOptions, Columns, total=False):
    """Both."""


def text_or(default: str, name: str, value: str | None) -> str:
    """An optional text.

    Raises:
        TypeError: something else.
    """
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name}: {value!r} (expected: a str)")
    return value or default


def split_options(more: FlatOptions) -> tuple[dict[str, Any], BatchOptions]:
    """The columns, and the options."""
    columns = {name: value for name, value in more.items() if name in Columns.__annotations__}
    options = {name: value for name, value in more.items() if name not in columns}
    return columns, cast("BatchOptions", options)


def split_timeout(options: StreamOptions) -> tuple[float | None, HeaderOptions]:
    """The timeout, and what travels."""
    return options.get("timeout"), cast("HeaderOptions", _without_timeout(options))


@overload
def split_texts_timeout(options: SubmitOptions) -> tuple[float | None, SubmitHeaderOptions]: ...
@overload
def split_texts_timeout(options: EmbedOptions) -> tuple[float | None, TextHeaderOptions]: ...
def split_texts_timeout(options: EmbedOptions) -> tuple[float | None, Any]:
    """The timeout, and what travels."""
    return options.get("timeout"), _without_timeout(options)


def _without_timeout(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "timeout"}
