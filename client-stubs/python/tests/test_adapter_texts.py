# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters._texts import (
    completion_text,
    golden_column,
    joined_text,
    question,
    whole_text,
)


def test_texts_of_completions() -> None:
    call = {"type": "function", "function": {"name": "add", "arguments": {"b": 2, "a": 1}}}
    messages = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "name": "add", "content": "3"},
        {"role": "assistant", "content": [{"type": "image"}, {"type": "text", "text": "It is 3."}]},
    ]

    assert completion_text("as it is") == "as it is"
    written = '{"arguments": {"a": 1, "b": 2}, "name": "add"}\nIt is 3.'
    assert completion_text(messages) == written
    assert whole_text("prompt", [{"role": "user", "content": "1 + 2?"}]) == "1 + 2?"


@pytest.mark.parametrize("value", [42, None, ["a", "b"], {"content": "a"}])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"golden: .* \(expected: text or a list of chat messages"):
        whole_text("golden", value)


def test_messages_that_are_objects() -> None:
    call = SimpleNamespace(id="1", name="add", arguments='{"a": 1}')
    message = SimpleNamespace(
        role="assistant", reasoning_content="Hm.", content="", tool_calls=[call]
    )
    asked = SimpleNamespace(role="user", content="1 + 2?")

    assert joined_text([asked, message]).splitlines() == [
        "1 + 2?",
        "Hm.",
        '{"arguments": "{\\"a\\": 1}", "name": "add"}',
    ]
    assert question([asked, message, asked]) == [asked]
    assert question([asked]) == [asked]


def _golden(value: Any) -> list[str | None] | None:  # noqa: ANN401
    settings = AdapterSettings(config={"gold": {}}, golden_field="metadata.solution")
    return golden_column(settings, [SimpleNamespace(metadata={"solution": value})])


def test_golden_answers_at_a_path() -> None:
    messages = [{"role": "assistant", "content": "It is 3."}]

    assert [_golden(value) for value in ("why", "", None, 4, messages)] == [
        ["why"],
        [None],
        [None],
        ["4"],
        ["It is 3."],
    ]
    settings = AdapterSettings(config={"gold": {}}, golden_field="metadata.solution")
    assert golden_column(settings, [None, {}, {"metadata": None}]) == [None] * 3
    assert golden_column(AdapterSettings(golden_field="a"), [{"a": "b"}]) is None


@pytest.mark.parametrize("value", [["3", "three"], {"target": "3"}])
def test_a_golden_answer_that_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"metadata\.solution: .* \(expected: text or a"):
        _golden(value)
