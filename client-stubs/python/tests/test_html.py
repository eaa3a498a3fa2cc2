# SPDX-License-Identifier: Apache-2.0
"""What a notebook shows of a group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer, status
from page import Page

from gcpo_advantage import AdvantageClient, GroupResult, RolloutGroup
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage._rollout_columns import RolloutColumns
from gcpo_advantage._values import Values

CONFIG = {"estimator": "gcpo_cooperative", "kernel": "math"}
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</td></table></div><!-- ",
    "&lt;b&gt; &#0; ]]>",
    "line\nline\ttab\r\x00\x1b[31m\x7f\x85",
    "\u202egnp.exe\u2066 \ufeff\u200b",
    "42\U000e0041\U000e007f\xad\u3164",
    "漢字 🦆 naïve",
]


def _result(
    fake: FakeServer,
    client: AdvantageClient,
    group: RolloutGroup,
    **options: Any,  # noqa: ANN401
) -> GroupResult:
    def distort(answer: Any) -> None:  # noqa: ANN401
        n = len(group)
        for result in answer.results:
            if not result.HasField("advantages"):
                continue
            for i, rollout in enumerate(result.advantages.rollouts):
                rollout.advantage = i - 1 if rollout.included else 0
            if options.get("similarity"):
                rows = np.fromfunction(lambda i, j: 1 - abs(i - j) * 1.5 / n, (n, n))
                result.advantages.similarity_f64_le = rows.astype("<f8").tobytes()

    fake.distort = distort
    (result,) = client.compute([group], on_group_error="return", **options)
    return result


def _page(result: GroupResult) -> Page:
    return Page(result._repr_html_())


def test_shows_the_group_row_by_row(fake: FakeServer, client: AdvantageClient) -> None:
    group = RolloutGroup("sums", ["one", "two", "six"], [0.0, 0.5, None])
    page = _page(_result(fake, client, group, config=CONFIG))

    for fact in ("sums", "estimator gcpo_cooperative", "kernel math", "signal ok", "model fake"):
        assert fact in page.text
    assert "team value 0.5" in page.text
    assert page.cells == [
        ["", "rollout", "reward", "advantage", "credit", "included", "nearest correct"],
        ["0", "one", "0", "-1 ", "0", "yes", "—"],
        ["1", "two", "0.5", "0 ", "0.5", "yes", "—"],
        ["2", "six", "—", "0 ", "0", "no", "—"],
    ]
    assert "similarity=True" in page.text


def test_nearest_golden_answer_and_diversity_are_shown(
    fake: FakeServer, client: AdvantageClient
) -> None:
    result = _result(fake, client, RolloutGroup("g", ["a", "b"], [1.0, 1.0]), config=CONFIG)
    message = result_pb2.GroupAdvantages(signal=1, team_value=2, credit_method=1)
    for included in (True, False):
        message.rollouts.add(included=included, credit=1, scaled_credit=1)
    message.rollouts[0].nearest_correct_index = 1
    message.rollouts[0].nearest_correct_similarity = 0.25
    message.gold.outcome = result_pb2.GOLD_OUTCOME_REPLACED
    message.gold.replaced_index = 1
    message.gold.advantage = 1.5
    message.diversity.all.vendi_score = 1.75
    message.diversity.pass_at_k.add(k=2, value=0.875)
    values = Values.from_message(message, RolloutColumns.of(message))
    page = _page(GroupResult(result.group, None, values, None))

    assert page.cells[1][-1] == "1 (0.25)"
    assert page.cells[2][-2] == "golden answer"
    assert "golden answer replaced 1, advantage 1.5" in page.text
    assert "vendi score 1.75" in page.text
    assert "pass@2 0.875" in page.text


def test_bars_stand_left_and_right_of_zero(fake: FakeServer, client: AdvantageClient) -> None:
    source = _result(fake, client, RolloutGroup("g", ["a", "b", "c"], [1.0] * 3))._repr_html_()

    assert '<rect x="0.0" y="1" width="40.0" height="8" fill="#d55e00"/>' in source
    assert '<rect x="40.0" y="1" width="40.0" height="8" fill="#3d8fd1"/>' in source


@pytest.mark.parametrize(("n", "numbers"), [(3, 9), (40, 0)])
def test_heat_map_has_every_value_in_a_title(
    fake: FakeServer, client: AdvantageClient, n: int, numbers: int
) -> None:
    group = RolloutGroup("g", [str(i) for i in range(n)], [1.0] * n)
    result = _result(fake, client, group, similarity=True)
    assert result.similarity is not None
    page = _page(result)

    for i in range(n):
        for j in range(n):
            assert f"{i}, {j}: {result.similarity[i, j]:.4f}" in page.titles
    labels = 2 * (n if numbers else n // 5)
    assert page.tags["text"] == numbers + labels
    # Marked, and not only of another shade.
    assert result._repr_html_().count("stroke-dasharray") == int((result.similarity < 0).sum())


def test_texts_of_strangers_stay_text(fake: FakeServer, client: AdvantageClient) -> None:
    group = RolloutGroup(
        HOSTILE[0], HOSTILE, [1.0] * len(HOSTILE), rollout_ids=[f"{h} id" for h in HOSTILE]
    )
    page = _page(_result(fake, client, group, similarity=True))

    assert HOSTILE[0] in page.text
    shown = [cells[1] for cells in page.cells[1:]]
    assert shown[:4] == HOSTILE[:4]
    assert shown[4] == "line\nline\ttab\\u000d\\u0000\\u001b[31m\\u007f\\u0085"
    assert shown[5] == "\\u202egnp.exe\\u2066 \\ufeff\\u200b"
    assert shown[6] == "42\\ue0041\\ue007f\\u00ad\\u3164"
    assert shown[7] == HOSTILE[7]
    assert f"{HOSTILE[1]} id" in page.titles


def test_unpaired_surrogates_do_not_spoil_the_page(
    fake: FakeServer, client: AdvantageClient
) -> None:
    sent = _result(fake, client, RolloutGroup("g", ["a", "b"], [1.0, 0.0]))
    broken = RolloutGroup("g\udfff", ["x\ud800y", "b"], [1.0, 0.0])
    source = GroupResult(broken, sent.model, sent._get(), None)._repr_html_()

    assert source.encode()
    assert Page(source).cells[1][1] == "x\\ud800y"


def test_whole_text_can_be_reached(fake: FakeServer, client: AdvantageClient) -> None:
    text = "<b>step</b> " * 1000
    page = _page(_result(fake, client, RolloutGroup("g", [text], [1.0])))

    assert page.tags["details"] == 1
    assert text in page.text


def test_output_is_bounded_and_says_so(fake: FakeServer, client: AdvantageClient) -> None:
    text = "\x00'" * 500_000
    group = RolloutGroup("g" * 256, [text] * 70, [1.0] * 70)
    sent = _result(
        fake, client, RolloutGroup("g", ["x"] * 70, [1.0] * 70), config=CONFIG, similarity=True
    )
    source = GroupResult(group, sent.model, sent._get(), None)._repr_html_()

    assert len(source) < 3_000_000
    page = Page(source)
    assert len(page.cells) == 1 + 64
    assert "6 more rollouts are not shown (the first 64 of 70 are)" in page.text
    assert page.text.count("996,875 more characters") == 64


@pytest.mark.parametrize("content", ["embeddings", "hashes", "nothing"])
def test_groups_without_texts_say_what_was_sent(
    fake: FakeServer, client: AdvantageClient, content: str
) -> None:
    fake.kept = {bytes(32)}
    contents: dict[str, dict[str, Any]] = {
        "embeddings": {"embeddings": np.ones((2, 3), dtype=np.float32)},
        "hashes": {"hashes": [bytes(32)] * 2},
        "nothing": {},
    }
    group = RolloutGroup("g", rewards=[1.0, 0.0], **contents[content])

    page = _page(_result(fake, client, group))

    expected = {"embeddings": "embedding", "hashes": "hash", "nothing": "reward only"}[content]
    assert [cells[1] for cells in page.cells[1:]] == [expected] * 2


def test_failed_group_shows_its_error_and_no_numbers(
    fake: FakeServer, client: AdvantageClient
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        answer.results[0].error.CopyFrom(
            status(3, "<i>bad</i>", "BAD", "groups[0].rollouts[1].reward")
        )

    fake.distort = distort
    group = RolloutGroup("g", ["a", "b"], [1.0, 7.0])
    (result,) = client.compute([group], on_group_error="return")
    page = _page(result)

    assert "no result: InvalidRequestError (BAD)" in page.text
    assert "<i>bad</i>" in page.text
    assert "groups[0].rollouts[1].reward" in page.text
    assert page.cells == [["", "rollout", "reward"], ["0", "a", "1"], ["1", "b", "7"]]
    assert "svg" not in page.tags


@pytest.mark.parametrize("fallback", ["local_grpo", "zero"])
def test_fallback_is_said_aloud(fake: FakeServer, client: AdvantageClient, fallback: str) -> None:
    sent = _result(fake, client, RolloutGroup("g", ["a", "b"], [1.0, 0.0]))
    page = _page(GroupResult(sent.group, None, sent._get(), None, fallback))

    assert f"fallback: {fallback}" in page.text
    assert "The service gave no answer" in page.text
    assert "model" not in page.text
