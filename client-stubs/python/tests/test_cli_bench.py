# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pytest
from cli_run import Outcome, run
from fake_server import FakeServer
from real_server import RealServer

from gcpo_advantage.cli._bench_data import Data, Shape
from gcpo_advantage.cli._bench_report import Report
from gcpo_advantage.cli._bench_server import Times

SMALL = ("--groups", "3", "--rollouts", "4", "--steps", "2", "--warmup", "1")


def _bench(
    capsys: pytest.CaptureFixture[str], target: str, arguments: Sequence[str]
) -> tuple[Outcome, dict[str, float]]:
    outcome = run(capsys, "bench", "--target", target, *SMALL, "--json", *arguments)
    assert outcome.code == 0, outcome.err
    figures = json.loads(outcome.out)
    step = figures["step"]
    assert 0 < step["p50"] <= step["p90"] <= step["p99"] <= step["max"]
    assert figures["rollouts_per_second"] > 0
    assert all(math.isfinite(value) for value in figures["split"].values())
    return outcome, figures


def test_each_step_is_one_call_and_one_bare_call(
    capsys: pytest.CaptureFixture[str], fake: FakeServer
) -> None:
    _bench(capsys, fake.target, ["--text-bytes", "50", "--set", "alpha=2", "--model", "wide"])

    assert len(fake.requests) == 2 * (1 + 2)
    texts = [r.text for request in fake.requests for g in request.groups for r in g.rollouts]
    assert len(set(texts)) == len(texts) == 6 * 3 * 4
    assert {len(text) for text in texts} == {50}
    assert {request.config.alpha for request in fake.requests} == {2.0}
    assert {request.model for request in fake.requests} == {"wide"}


def test_embeddings_are_sent_in_place_of_texts(
    capsys: pytest.CaptureFixture[str], fake: FakeServer
) -> None:
    _bench(capsys, fake.target, ["--dimension", "7"])

    rollout = fake.requests[-1].groups[-1].rollouts[-1]
    assert len(rollout.embedding_f32_le) == 7 * 4
    assert not rollout.HasField("kernel_text")


def test_prefetch_submits_first_and_sends_hashes(
    capsys: pytest.CaptureFixture[str], fake: FakeServer
) -> None:
    fake.limits.max_texts_per_request = 5
    how = ["--prefetch", "--text-bytes", "40", "--set", "kernel=math"]
    _, figures = _bench(capsys, fake.target, how)

    assert figures["submit_p50"] > 0
    submitted = [request for request in fake.requests if hasattr(request, "texts")]
    computed = [request for request in fake.requests if hasattr(request, "groups")]
    assert len(submitted) == 6 * 3
    # What a kernel reads of the texts is read ahead too, else the steps would wait for it.
    assert {each.config.kernel for each in submitted} == {each.config.kernel for each in computed}
    assert len(computed) == 6
    assert all(
        rollout.HasField("content_sha256") and not rollout.HasField("text")
        for request in computed
        for group in request.groups
        for rollout in group.rollouts
    )


def test_steps_over_the_limits_are_split(
    capsys: pytest.CaptureFixture[str], fake: FakeServer
) -> None:
    fake.limits.max_groups_per_request = 2
    _bench(capsys, fake.target, ["--text-bytes", "50"])

    assert sorted(len(request.groups) for request in fake.requests) == [1] * 6 + [2] * 6


def test_two_ways_of_sending_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(capsys, "bench", "--dimension", "3", "--prefetch")

    assert outcome.code == 2
    assert "not allowed with" in outcome.err


def test_report_of_known_times() -> None:
    report = Report(Shape(2, 5, 100, 0, True))
    for i in range(1, 101):
        report.add(i / 100, i / 1000, Times(i / 200, i / 800, i / 800), 0.5)
    figures = report.to_json()

    assert figures["step"] == pytest.approx({"p50": 0.505, "p90": 0.901, "p99": 0.9901, "max": 1})
    assert figures["rollouts_per_second"] == pytest.approx(10 * 100 / 50.5)
    assert figures["split"] == pytest.approx(
        {
            "client_cpu": 0.0505,
            "transport": 50.5 / 400,
            "server_embedding": 50.5 / 800,
            "server_advantages": 50.5 / 800,
        }
    )
    assert report.lines()[0] == (
        "2 groups of 5 rollouts, texts of 100 bytes, submitted ahead; 100 steps"
    )
    assert "p50 505.0 ms" in report.lines()[1]
    assert report.lines()[-1].startswith("submit      500.0 ms")


def test_data_is_the_same_in_each_run() -> None:
    shape = Shape(2, 3, 64, 0, False)
    first, second = Data(shape), Data(shape)

    assert first.texts() == second.texts()
    assert first.texts() == second.texts()


@pytest.mark.server
@pytest.mark.parametrize(
    "how", [["--dimension", "384"], ["--prefetch", "--text-bytes", "64"], ["--text-bytes", "64"]]
)
def test_real_server(
    capsys: pytest.CaptureFixture[str], server: RealServer, how: list[str]
) -> None:
    _, figures = _bench(capsys, server.target, how)

    split = figures["split"]
    assert isinstance(split, dict)
    assert split["client_cpu"] > 0
    assert split["transport"] > 0
    assert split["server_embedding"] + split["server_advantages"] > 0
