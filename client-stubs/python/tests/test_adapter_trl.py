# SPDX-License-Identifier: Apache-2.0
"""TRL's own trainers, on one rank and on two, with the built server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trl_run
from real_server import RealServer

from gcpo_advantage import AdvantageClient

pytestmark = [pytest.mark.trainer, pytest.mark.server]

# Not standardised, so that what the texts have in common shows in every number.
_CONFIG = {"estimator": "gcpo_cooperative", "normalization": "centered"}
_STEPS = 3


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RealServer]:
    """One that the test may kill."""
    folder = tmp_path / "server"
    folder.mkdir()
    started = RealServer.start(folder)
    yield started
    started.kill()


def _arguments(per_device: int, generations: int, **more: Any) -> dict[str, Any]:
    return {
        "per_device_train_batch_size": per_device,
        "num_generations": generations,
        **more,
    }


def _check_steps(
    real: AdvantageClient,
    config: dict[str, Any],
    reports: list[dict[str, Any]],
    group_sizes: list[int],
) -> None:
    """What every rank trains on, and TRL's log, are a direct call's numbers, bit by bit."""
    for report in reports:
        assert report["error"] is None, report["message"]
        assert len(report["seen"]) == len(group_sizes)
    for step, group_size in enumerate(group_sizes):
        expected = trl_run.direct(real, config, reports, step, group_size)
        wanted = expected.advantages.astype(np.float32).tolist()
        seen = [report["seen"][step] for report in reports]
        assert [a for rank in seen for a in rank["advantages"]] == wanted
        for rank in seen:
            assert rank["logged"][-len(wanted) :] == wanted
        assert len(set(wanted)) > 2


def test_grpo_trains_on_what_a_direct_call_gives(
    server: RealServer, real: AdvantageClient, tmp_path: Path
) -> None:
    evaluation = {"per_device_eval_batch_size": 6, "num_generations_eval": 3}
    run = trl_run.start(
        tmp_path,
        trainer="GRPO",
        target=server.target,
        config=_CONFIG,
        evaluate=True,
        arguments=_arguments(12, 4, **evaluation),
    )

    reports = run.reports()

    _check_steps(real, _CONFIG, reports, [4] * _STEPS + [3])
    steps = reports[0]["seen"]
    assert [step["mode"] for step in steps] == ["train"] * _STEPS + ["eval"]
    totals = [trl_run.total(row) for step in steps for row in step["rewards"]]
    assert None in totals
    history = reports[0]["history"]
    assert history[0]["advantage_service/groups"] == 3
    assert history[0]["advantage_service/seconds"] > 0
    assert any(entry.get("eval_advantage_service/groups") == 2 for entry in history)


def test_a_group_on_two_ranks_is_one_group(
    server: RealServer, real: AdvantageClient, tmp_path: Path
) -> None:
    # Of 12 rollouts in groups of 4 the middle group lies on both ranks.
    run = trl_run.start(
        tmp_path,
        ranks=2,
        trainer="GRPO",
        target=server.target,
        config=_CONFIG,
        arguments=_arguments(6, 4),
    )

    _check_steps(real, _CONFIG, run.reports(), [4] * _STEPS)


def test_rloo_with_messages_and_golden_answers(
    server: RealServer, real: AdvantageClient, tmp_path: Path
) -> None:
    config = {**_CONFIG, "gold": {"threshold": 10.0, "reward": 11.0}}
    run = trl_run.start(
        tmp_path,
        trainer="RLOO",
        target=server.target,
        config=config,
        chat=True,
        arguments=_arguments(12, 4),
    )

    reports = run.reports()

    _check_steps(real, config, reports, [4] * _STEPS)
    assert reports[0]["history"][0]["advantage_service/golden_share"] == 1


def test_training_goes_on_after_the_server_was_killed_and_restarted(
    own_server: RealServer, tmp_path: Path
) -> None:
    run = trl_run.start(
        tmp_path,
        trainer="GRPO",
        target=own_server.target,
        config=_CONFIG,
        timeout=120.0,
        stop_before=1,
        arguments=_arguments(12, 4),
    )
    _wait_for(tmp_path / "stopped", run)
    own_server.kill()
    (tmp_path / "go").touch()
    again = tmp_path / "again"
    again.mkdir()
    restarted = RealServer.start(again, port=own_server.port)
    try:
        reports = run.reports()
        with AdvantageClient(restarted.target) as client:
            _check_steps(client, _CONFIG, reports, [4] * _STEPS)
    finally:
        restarted.kill()


def test_a_refusal_is_raised_on_every_rank(server: RealServer, tmp_path: Path) -> None:
    run = trl_run.start(
        tmp_path,
        ranks=2,
        trainer="GRPO",
        target=server.target,
        config={"estimator": "gcpo_cooperative", "alpha": -1.0},
        arguments=_arguments(6, 4),
    )

    reports = run.reports()

    assert [report["error"] for report in reports] == ["InvalidRequestError"] * 2
    for report in reports:
        assert "alpha" in report["message"]
        assert report["seconds"] < 30


def test_a_dataset_without_golden_column_stops_all(server: RealServer, tmp_path: Path) -> None:
    run = trl_run.start(
        tmp_path,
        ranks=2,
        trainer="GRPO",
        target=server.target,
        config={**_CONFIG, "gold": {}},
        golden_field="answer",
        arguments=_arguments(6, 4),
    )

    reports = run.reports()

    assert [report["error"] for report in reports] == ["ValueError"] * 2
    assert "golden_field: answer" in reports[1]["message"]


def _wait_for(file: Path, run: trl_run.Training) -> None:
    end = time.monotonic() + 120
    while not file.exists():
        assert run.process.poll() is None, (run.folder / "log").read_text(errors="replace")
        assert time.monotonic() < end
        time.sleep(0.05)
