# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pickle
from typing import Any

import pytest

from gcpo_advantage.adapters._settings import AdapterSettings


def test_settings_are_the_trainers_and_else_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GCPO_TARGET", "there:1")
    monkeypatch.setenv("GCPO_CONFIG", '{"estimator": "grpo"}')
    monkeypatch.setenv("GCPO_TIMEOUT", "7.5")
    monkeypatch.setenv("GCPO_ON_FAILURE", "zero")
    monkeypatch.setenv("GCPO_GOLDEN_FIELD", "label")
    monkeypatch.setenv("GCPO_PREFETCHED", "1")
    everything = AdapterSettings("there:1", {"estimator": "grpo"}, 7.5, "zero", "label", True)

    assert AdapterSettings.read() == everything
    given = {"target": "here:2", "config": {"gold": {}}, "timeout": 3, "on_failure": None}
    settings = AdapterSettings.read({**given, "prefetched": False, "golden_field": "metadata.why"})
    assert settings == AdapterSettings("here:2", {"gold": {}}, 3.0, "zero", "metadata.why", False)
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_empty_variables_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TARGET", "CONFIG", "TIMEOUT", "ON_FAILURE", "GOLDEN_FIELD", "PREFETCHED"):
        monkeypatch.setenv(f"GCPO_{name}", "")
    assert AdapterSettings.read() == AdapterSettings()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"targets": "x"}, r"gcpo\.targets \(expected: one of target, config"),
        ({"target": 7}, r"gcpo\.target: 7 \(expected: text"),
        ({"config": "grpo"}, r"gcpo\.config: grpo \(expected: a mapping, or a JSON object; "),
        ({"config": "[]"}, r"gcpo\.config: \[\] \(expected: a mapping, or a JSON object\)"),
        ({"config": {"estimater": "grpo"}}, r"'estimater' \(expected: did you mean estimator"),
        ({"timeout": "soon"}, r"gcpo\.timeout: soon \(expected: seconds"),
        ({"prefetched": "yes"}, r"gcpo\.prefetched: yes \(expected: 0 or 1"),
    ],
)
def test_settings_that_cannot_be_read(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        AdapterSettings.read(given)


def test_a_variable_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCPO_TIMEOUT", "soon")
    with pytest.raises(ValueError, match="GCPO_TIMEOUT: soon"):
        AdapterSettings.read()


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ({}, False),
        ({"estimator": "gcpo_cooperative"}, False),
        ({"gold": {}}, True),
        ({"estimator": "gcpo_gold"}, True),
        ({"estimator": "ESTIMATOR_GCPO_GOLD"}, True),
    ],
)
def test_golden_answers_are_wanted_by_gold_and_by_gcpo_gold(config: Any, wanted: bool) -> None:  # noqa: ANN401
    assert AdapterSettings(config=config).wants_golden == wanted


def test_prompts_are_wanted_by_a_kernel_anywhere() -> None:
    inner = {"kernel": {"named": "prompt_residual"}, "weight": 1}
    composite = {"composite_kernel": {"sum": {"terms": [inner]}}}
    assert AdapterSettings(config=composite).wants_prompts
    assert not AdapterSettings(config={"kernel": "math"}).wants_prompts


def test_a_client_for_each_way_to_call_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    first = AdapterSettings("localhost:1", timeout=9.0)
    assert first.client() is AdapterSettings("localhost:1", {"gold": {}}, timeout=9.0).client()
    assert first.client() is not AdapterSettings("localhost:1", timeout=8.0).client()
    monkeypatch.setenv("GCPO_TARGET", "localhost:1")
    assert AdapterSettings(timeout=9.0).client() is first.client()
    monkeypatch.setenv("GCPO_TARGET", "localhost:2")
    assert AdapterSettings(timeout=9.0).client().target == "localhost:2"
