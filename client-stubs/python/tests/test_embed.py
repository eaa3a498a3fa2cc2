# SPDX-License-Identifier: Apache-2.0
"""Embeddings alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    InvalidAnswerError,
)


def test_embed_gives_rows_and_splits(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_texts_per_request = 2

    rows = client.embed(["a", "bb", ""], truncation_policy="keep_head")

    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, [[1, 0, 1], [2, 0, 1], [0, 0, 1]])
    # Side by side, so that either may come first.
    assert sorted(len(request.texts) for request in fake.requests) == [1, 2]
    assert {request.truncation_policy for request in fake.requests} == {3}
    rows[0, 0] = 7  # the caller's own array


def test_embed_nothing_has_the_models_width(client: AdvantageClient) -> None:
    assert client.embed([]).shape == (0, 3)


def test_embed_refuses_bad_input(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^texts: a str \(expected: a sequence of str\)$"):
        client.embed("abc")
    with pytest.raises(ValueError, match=r"^texts\[1\] \(expected: text with a UTF-8 form\)$"):
        client.embed(["a", "\udfff"])
    with pytest.raises(ValueError, match=r"^config.truncation_policy: 'cut'"):
        client.embed(["a"], truncation_policy="cut")


def test_embed_unfit_answer_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    def cut(answer: Any) -> None:  # noqa: ANN401
        answer.embeddings_f32_le = answer.embeddings_f32_le[:-4]

    fake.distort = cut

    with pytest.raises(InvalidAnswerError, match=r"^embeddings_f32_le: bytes: 8 \(expected: 12\)"):
        client.embed(["a"])


def test_embed_not_finite_answer_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    def spoil(answer: Any) -> None:  # noqa: ANN401
        answer.embeddings_f32_le = np.array([0, np.nan, 1], dtype="<f4").tobytes()

    fake.distort = spoil

    with pytest.raises(InvalidAnswerError, match=r"^embeddings_f32_le: a NaN or infinity"):
        client.embed(["a"])


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["a", None], r"^texts\[1\] is a NoneType \(expected: a str\)$"),
        ([b"a"], r"^texts\[0\] is a bytes \(expected: a str\)$"),
        (b"ab", r"^texts: a bytes \(expected: a sequence of str\)$"),
    ],
)
def test_what_is_no_text_is_refused(client: AdvantageClient, texts: Any, told: str) -> None:  # noqa: ANN401
    for method in (client.embed, client.submit, client.submit_async):
        with pytest.raises(ValueError, match=told):
            method(texts)


def test_texts_are_read_once(fake: FakeServer, client: AdvantageClient) -> None:
    texts: Any = (text for text in ("a", "b"))
    assert len(client.submit(texts)) == 2
    assert len(client.embed(text for text in ("a", "b"))) == 2  # type: ignore[arg-type]
