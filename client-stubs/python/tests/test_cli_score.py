# SPDX-License-Identifier: Apache-2.0
"""``score`` against the fake server: what is sent, written, reported and returned."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_run import COMMAND, Outcome, run, run_process
from fake_server import FakeServer
from page import Page

from gcpo_advantage.cli import _lines

PAGE = frozenset(("html", "head", "meta", "body", "p", "hr"))


def _group(name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"group_id": name, "rollouts": [{"text": "a", "reward": 1}, {"text": "b"}], **more}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "groups.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts))
    return path


@pytest.fixture
def score(capsys: pytest.CaptureFixture[str], fake: FakeServer) -> Any:  # noqa: ANN401
    def scored(*arguments: object) -> Outcome:
        return run(capsys, "score", "--target", fake.target, *arguments)

    return scored


def test_one_result_a_line_in_order(score: Any, tmp_path: Path) -> None:  # noqa: ANN401
    names = [f"group-{i}" for i in range(100)]
    outcome = score(_file(tmp_path, *map(_group, names)))

    assert outcome.code == 0
    assert [line["group_id"] for line in outcome.lines()] == names
    first = outcome.lines()[0]["advantages"]["rollouts"]
    assert [rollout["advantage"] for rollout in first] == [0, 0]
    assert [rollout["included"] for rollout in first] == [True, False]
    assert "100 groups scored, 0 failed" in outcome.err


def test_out_and_in_name_files(score: Any, tmp_path: Path) -> None:  # noqa: ANN401
    file, out = _file(tmp_path, _group("ünï")), tmp_path / "out.jsonl"

    assert score("--in", file, "--out", out).out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["group_id"] == "ünï"


def test_options_reach_the_server(score: Any, fake: FakeServer, tmp_path: Path) -> None:  # noqa: ANN401
    def with_similarity(answer: Any) -> None:  # noqa: ANN401
        for result in answer.results:
            result.advantages.similarity_f64_le = np.eye(2).astype("<f8").tobytes()

    fake.distort = with_similarity
    outcome = score(
        _file(tmp_path, *(_group(f"g{i}") for i in range(5))),
        *("--config", '{"estimator": "grpo", "alpha": 1, "gold": {"threshold": 0.25}}'),
        *("--set", "alpha=10", "--set", "gold.reward=0.5", "--set", "exact_limit=12"),
        *("--estimator", "GCPO-cooperative", "--metrics", "self_bleu,distinct-n"),
        *("--metric", "clusters", "--pass-at-k", "1,2", "--pass-at-k", "4", "--similarity"),
        *("--model", "wide", "--groups-per-request", 2),
    )

    assert outcome.code == 0
    assert sorted(len(request.groups) for request in fake.requests) == [1, 2, 2]
    request = fake.requests[0]
    assert request.model == "wide"
    assert (request.config.alpha, request.config.exact_limit) == (10, 12)
    assert (request.config.gold.threshold, request.config.gold.reward) == (0.25, 0.5)
    assert request.config.estimator == fake.default_estimator
    assert len(request.output.metrics) == 3
    assert list(request.output.pass_at_k) == [1, 2, 4]
    assert request.output.similarity
    assert all("similarity_f64_le" in line["advantages"] for line in outcome.lines())


def test_groups_go_as_they_stand_in_the_file(
    score: Any,  # noqa: ANN401
    fake: FakeServer,
    tmp_path: Path,
) -> None:
    digest = hashlib.sha256(b"b").digest()
    fake.kept = {digest}
    group = _group("g", config={"alpha": 2}, golden_answer="gold", greedy_reward=0.5)
    group["rollouts"] = [
        {"text": "a", "reward": 1, "reward_status": "REWARD_STATUS_FAILED", "kernel_text": "k"},
        {"content_sha256": base64.b64encode(digest).decode(), "reward": -1},
    ]

    assert score(_file(tmp_path, group)).code == 0

    (sent,) = fake.requests[0].groups
    assert sent.rollouts[0].reward_status == 2
    assert sent.rollouts[0].kernel_text == "k"
    assert sent.rollouts[1].content_sha256 == digest
    assert (sent.config.alpha, sent.golden_answer, sent.greedy_reward) == (2, "gold", 0.5)


def test_broken_lines_are_told_by_number_and_keep_their_places(
    score: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    file = _file(
        tmp_path,
        _group("a"),
        "",
        "nonsense \x1b[31m",
        _group("a"),
        '{"group_id": "x", "nope": 1}',
        '{"group_id": "half", "rollouts": [{"text": "\\ud800"}]}',
        "[" * 100_000,
        _group("b"),
    )
    outcome = score(file)

    assert outcome.code == 2
    results = outcome.lines()
    assert [line["group_id"] for line in results] == ["a", "", "", "", "", "", "b"]
    assert ["error" in line for line in results] == [False, *[True] * 5, False]
    assert results[2]["error"]["message"] == "group_id: a (expected: unique, but line 1 has it)"
    assert [line.split(":")[0] for line in outcome.err.splitlines()[:5]] == [
        *("line 3", "line 4", "line 5", "line 6", "line 7")
    ]
    assert "2 groups scored, 0 failed, 5 lines broken" in outcome.err
    assert "\x1b" not in outcome.err


def test_line_without_an_end_does_not_fill_the_memory(
    score: Any,  # noqa: ANN401
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_lines, "MAX_LINE_BYTES", 1000)
    outcome = score(_file(tmp_path, _group("a"), "x" * 5000, _group("b")))

    assert outcome.code == 2
    assert "line 2: more than 1000 bytes" in outcome.err
    assert [line["group_id"] for line in outcome.lines()] == ["a", "", "b"]


def test_group_that_fits_into_no_request_spares_the_others(
    score: Any,  # noqa: ANN401
    fake: FakeServer,
    tmp_path: Path,
) -> None:
    fake.limits.max_message_bytes = 100_000
    large = _group("large", prompt="x" * 100_000)
    outcome = score(_file(tmp_path, _group("a"), large, _group("b")))

    assert outcome.code == 2
    assert [line["group_id"] for line in outcome.lines()] == ["a", "large", "b"]
    assert "bytes (expected: a group of at most" in outcome.lines()[1]["error"]["message"]


def test_failed_group_is_exit_code_1(
    score: Any,  # noqa: ANN401
    fake: FakeServer,
    tmp_path: Path,
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        answer.results[1].error.code = 3
        answer.results[1].error.message = "reward: 8 \x1b[2J(expected: less)"

    fake.distort = distort
    outcome = score(_file(tmp_path, _group("a"), "", _group("b")))

    assert outcome.code == 1
    assert outcome.lines()[1]["error"]["code"] == 3
    assert "line 3: reward: 8 \\u001b[2J(expected: less)" in outcome.err.splitlines()


def test_call_that_fails_ends_the_command_after_what_came_before(
    score: Any,  # noqa: ANN401
    fake: FakeServer,
    tmp_path: Path,
) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        if answer.results[0].group_id == "c":
            answer.request_id = "another"

    fake.distort = distort
    file = _file(tmp_path, *map(_group, "abcd"))
    outcome = score(file, "--groups-per-request", 1, "--html", tmp_path / "page.html")

    assert outcome.code == 3
    assert [line["group_id"] for line in outcome.lines()] == ["a", "b"]
    assert "lines 3 to 3 and what follows: not scored" in outcome.err.splitlines()
    assert outcome.err.splitlines()[-1].startswith("gcpo-advantage-client score: ")
    assert "ended before all groups" in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "alpho=1"], "did you mean alpha?"),
        (["--set", "alpha"], "--set: alpha (expected: NAME=VALUE)"),
        (["--set", "alpha=1", "--set", "alpha.x=1"], "expected: alpha without a value"),
        (["--config", "[1]"], "--config: [1] (expected: a JSON object)"),
        (["--config", "{"], "--config: { (expected: a JSON object; "),
        (["--metrics", "nope"], "metrics[0]: 'nope'"),
        (["--pass-at-k", "x"], "--pass-at-k"),
        (["--groups-per-request", "0"], "expected: a whole number >= 1"),
        (["--html", "/no/such/folder/page.html"], "/no/such/folder/page.html: No such file"),
        (["--out", "/no/such/folder/out"], "/no/such/folder/out: No such file"),
        (["--in", "x"], "not allowed with"),
    ],
)
def test_bad_usage_is_told_before_anything_is_sent(
    score: Any,  # noqa: ANN401
    fake: FakeServer,
    tmp_path: Path,
    arguments: list[str],
    message: str,
) -> None:
    outcome = score(_file(tmp_path, _group("a")), *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert fake.requests == []


def test_missing_file_is_one_line(score: Any) -> None:  # noqa: ANN401
    outcome = score("/no/such.jsonl")

    assert outcome.code == 2
    assert outcome.err == "gcpo-advantage-client score: /no/such.jsonl: No such file or directory\n"


def test_page_shows_the_groups_and_counts_the_rest(score: Any, tmp_path: Path) -> None:  # noqa: ANN401
    page = tmp_path / "page.html"
    outcome = score(_file(tmp_path, *(_group(f"<i>{i}") for i in range(203))), "--html", page)

    assert outcome.code == 0
    read = Page(page.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>"), PAGE)
    assert "<i>199" in read.text
    assert "<i>200" not in read.text
    assert "200 groups, 3 more are not shown" in read.text


def test_reads_and_writes_pipes(fake: FakeServer) -> None:
    lines = (json.dumps(_group("ünï")) + "\r\n" + json.dumps(_group("b"))).encode()
    outcome = run_process("score", "-", "--target", fake.target, stdin=lines)

    assert outcome.code == 0
    assert [line["group_id"] for line in outcome.lines()] == ["ünï", "b"]


def test_reader_that_has_enough_is_no_traceback(fake: FakeServer, tmp_path: Path) -> None:
    file = _file(tmp_path, *(_group(f"g{i}") for i in range(2000)))
    command = [*COMMAND, "score", str(file), "--target", fake.target]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        errors = process.stderr.read().decode()

    assert process.returncode == 141
    assert "Traceback" not in errors
    assert "Exception" not in errors


@pytest.mark.parametrize("target", ["--out", "--html"])
def test_groups_are_not_written_over(score: Any, tmp_path: Path, target: str) -> None:  # noqa: ANN401
    file = _file(tmp_path, _group("a"))
    before = file.read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(file)

    for same in (file, link, tmp_path / "." / file.name):
        outcome = score(file, target, same)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{target}: {same} (expected: another file than input)" in outcome.err
    assert file.read_bytes() == before
    assert score(file, "--out", tmp_path / "x", "--html", tmp_path / "x").code == 2
    assert score(file, "--out", "/dev/null", "--html", "/dev/null").code == 0


@pytest.mark.parametrize("listed", ["1,x", "1,,2", ""])
def test_list_that_is_none_is_told_in_words(score: Any, listed: str) -> None:  # noqa: ANN401
    outcome = score("-", "--pass-at-k", listed)

    assert outcome.code == 2
    assert f"--pass-at-k: invalid list of whole numbers value: {listed!r}" in outcome.err
