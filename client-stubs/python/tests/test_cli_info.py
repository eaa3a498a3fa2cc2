# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json

import pytest
from cli_run import run
from fake_server import FakeServer
from real_server import RealServer


def test_says_what_the_server_is(capsys: pytest.CaptureFixture[str], fake: FakeServer) -> None:
    outcome = run(capsys, "info", "--target", fake.target)

    assert outcome.code == 0
    for words in (
        "server                   fake, commit unknown",
        "fake, dimension 3",
        "wide, dimension 6",
        "abacus 1 (hand): wide counts",
        "limit max_message_bytes  67,108,864",
        "limit max_text_bytes     none",
        "estimator=gcpo_cooperative",
        "[needs similarity, generated_tokens] [normalises over the whole request]",
    ):
        assert words in outcome.out


def test_json_has_all_of_it(capsys: pytest.CaptureFixture[str], fake: FakeServer) -> None:
    info = json.loads(run(capsys, "info", "--target", fake.target, "--json").out)

    assert info["version"] == "fake"
    assert [model["identity"]["name"] for model in info["models"]] == ["fake", "wide"]
    assert info["limits"]["max_groups_per_request"] == 100
    assert info["estimators"][0]["parameters"][0]["name"] == "epsilon"


def test_limits_of_time_are_seconds(capsys: pytest.CaptureFixture[str], fake: FakeServer) -> None:
    fake.limits.max_deadline.FromMilliseconds(1500)
    fake.limits.connection.max_calls = 7
    fake.limits.connection.max_age.FromSeconds(1800)

    limits = json.loads(run(capsys, "info", "--target", fake.target, "--json").out)["limits"]

    assert limits["max_deadline_seconds"] == 1.5
    assert limits["max_calls_per_connection"] == 7
    assert limits["max_age_seconds"] == 1800
    assert limits["max_wait_seconds"] == 0


@pytest.mark.server
def test_real_server(capsys: pytest.CaptureFixture[str], server: RealServer) -> None:
    text = run(capsys, "info", "--target", server.target)
    info = json.loads(run(capsys, "info", "--target", server.target, "--json").out)

    assert text.code == 0
    assert info["limits"]["max_deadline_seconds"] == 120
    assert all(info["limits"].values())
    assert "all-MiniLM-L6-v2, dimension 384" in text.out
    for estimator in info["estimators"]:
        assert estimator["estimator"] in text.out
