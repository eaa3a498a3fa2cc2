# SPDX-License-Identifier: Apache-2.0
"""The TRL adapter's parts that need no TRL."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gcpo_advantage import AdvantageClient
from gcpo_advantage.adapters import trl
from gcpo_advantage.adapters._rewards import by_component, combine
from gcpo_advantage.adapters._step import compute_step
from gcpo_advantage.adapters.trl._rows import RankRows, all_rows, rank_rows
from gcpo_advantage.adapters.trl._seams import check_arguments, check_class, check_trainer

_NAN = float("nan")


class Trainer:
    """The seams alone."""

    def _calculate_rewards(
        self, inputs: Any, prompts: Any, completions: Any, completion_ids_list: Any
    ) -> None: ...

    def _generate_and_score_completions(self, inputs: Any) -> None: ...


class Renamed(Trainer):
    def _calculate_rewards(self, rows: Any) -> None: ...  # type: ignore[override]


def _arguments(**args: Any) -> Any:
    return SimpleNamespace(**{"ddp_timeout": 1800, "beta": 0.0, **args})


def _settings(timeout: float = 60.0, **config: Any) -> trl.AdapterSettings:
    return trl.AdapterSettings("localhost:1", config, timeout=timeout)


def test_rewards_are_added_up_as_trl_does_it() -> None:
    per_function = np.array([[1, 0.5], [_NAN, 0.5], [_NAN, _NAN], [-4, 0]], dtype=np.float32)
    weights = np.array([1, 2], dtype=np.float32)

    np.testing.assert_array_equal(combine(per_function, weights, None), [2, 1, _NAN, -4])
    np.testing.assert_array_equal(combine(per_function, weights, (-1, 1.5)), [1.5, 1, _NAN, -1])


def test_only_gdpo_gets_components() -> None:
    per_function = np.array([[1, 0.5], [0, 0.25]], dtype=np.float32)
    weights = np.array([1, 2], dtype=np.float32)

    names = ["a", "b"]
    assert by_component(_settings(estimator="grpo"), names, per_function, weights)[1] is None
    settings = _settings(estimator="ESTIMATOR_GDPO")
    asked, components = by_component(settings, names, per_function, weights)
    assert asked.config["component_weights"] == {"a": 1.0, "b": 2.0}
    assert {name: column.tolist() for name, column in (components or {}).items()} == {
        "a": [1, 0],
        "b": [0.5, 0.25],
    }


@pytest.mark.server
def test_gdpo_is_normalize_then_sum(real: AdvantageClient) -> None:
    random = np.random.default_rng(3)
    per_function = random.standard_normal((12, 2)).astype(np.float32)
    weights = np.array([1, 0.25], dtype=np.float32)
    settings = trl.AdapterSettings(real.target, {"estimator": "gdpo"})
    asked, components = by_component(settings, ["a", "b"], per_function, weights)
    rows = RankRows(texts=["text"] * 12, tokens=[1] * 12, golden=None, prompts=None)

    step = compute_step(
        all_rows([rows], combine(per_function, weights, None), components, 4), asked
    )

    grouped = per_function.astype(float).reshape(3, 4, 2)
    scaled = grouped - grouped.mean(axis=1, keepdims=True)
    scaled /= grouped.std(axis=1, ddof=1, keepdims=True)
    sums = (scaled * weights).sum(axis=2).ravel()
    expected = (sums - sums.mean()) / sums.std(ddof=1)
    np.testing.assert_allclose(step.advantages, expected, rtol=1e-3, atol=1e-3)
    assert step.metrics["advantage_service/groups"] == 3


def test_a_row_without_the_golden_column_is_refused() -> None:
    settings = replace(_settings(gold={}), golden_field="gold")
    with pytest.raises(ValueError, match=r"golden_field: gold \(expected: .*, prompt, solution"):
        rank_rows([{"prompt": "p", "solution": "s"}], ["p"], ["c"], [[1]], settings)


def test_what_a_rank_brings() -> None:
    inputs = [{"prompt": "p", "solution": "s"}, {"prompt": "q", "solution": None}]
    settings = _settings(gold={}, kernel="prompt_residual").with_golden_at("solution")

    rows = rank_rows(inputs, ["p", "q"], ["c", "d"], [[1, 2], [3]], settings)
    plain = rank_rows(inputs, ["p", "q"], ["c", "d"], [[1, 2], [3]], _settings())

    assert rows == RankRows(["c", "d"], [2, 1], ["s", None], ["p", "q"])
    assert plain == RankRows(["c", "d"], [2, 1], None, None)


def test_rows_of_all_ranks_in_groups_by_their_place() -> None:
    ranks = [RankRows(["a", "b", "c"], [1, 2, 3], None, None), RankRows(["d"], [4], None, None)]

    rows = all_rows(ranks, np.zeros(4), None, 2)

    assert (rows.texts, rows.generated_tokens) == (["a", "b", "c", "d"], [1, 2, 3, 4])
    assert rows.group_ids == [0, 0, 1, 1]
    with pytest.raises(ValueError, match=r"batch: 4 completions, 4 rewards .* a multiple of 3"):
        all_rows(ranks, np.zeros(4), None, 3)


def test_the_mixin_must_stand_first() -> None:
    with pytest.raises(TypeError, match=r"class Wrong\(RemoteAdvantageMixin, Trainer\)"):
        type("Wrong", (Trainer, trl.RemoteAdvantageMixin), {})


def test_another_trainer_is_named_when_it_does_not_fit() -> None:
    assert issubclass(trl.remote_trainer(Trainer), Trainer)
    assert trl.remote_trainer(Trainer) is trl.remote_trainer(Trainer)
    with pytest.raises(trl.IncompatibleTrainerError, match=r"Renamed\._calculate_rewards.*1\.13"):
        trl.remote_trainer(Renamed)
    with pytest.raises(trl.IncompatibleTrainerError, match="_generate_and_score_completions"):
        trl.remote_trainer(SimpleNamespace)


def test_a_trainer_that_changes_scored_rows_is_refused() -> None:
    experimental = type("Replaying", (Trainer,), dict(vars(Trainer)))
    experimental.__module__ = "trl.experimental.replaying"

    with pytest.raises(trl.IncompatibleTrainerError, match=r"has a _calculate_rewards of its own"):
        check_class(trl.RemoteAdvantageMixin, experimental)


def test_settings_that_go_together_are_quiet() -> None:
    args = _arguments(scale_rewards="group", multi_objective_aggregation="sum_then_normalize")

    assert check_arguments(args, _settings(gold={})) == []


@pytest.mark.parametrize(
    ("args", "warning"),
    [
        ({"scale_rewards": "batch"}, "scale_rewards: batch is not used"),
        ({"multi_objective_aggregation": "normalize_then_sum"}, "estimator gdpo"),
        ({"normalize_advantages": True}, "normalize_advantages: True is not used"),
    ],
)
def test_what_is_not_used_is_said(args: Any, warning: str) -> None:
    (said,) = check_arguments(_arguments(**args), _settings())

    assert warning in said


def test_settings_that_would_go_wrong_are_refused() -> None:
    with pytest.raises(ValueError, match=r"timeout: 1800.0 \(expected: below ddp_timeout, 1800"):
        check_arguments(_arguments(), _settings(timeout=1800.0))
    with pytest.raises(ValueError, match=r"beta: 0.05 \(expected: 0; RLOOTrainer's KL penalty"):
        check_arguments(_arguments(normalize_advantages=False, beta=0.05), _settings())
    with pytest.raises(trl.IncompatibleTrainerError, match=r"no accelerator, .*_metrics"):
        check_trainer(SimpleNamespace())


def test_without_trl_the_module_still_imports() -> None:
    code = """
import sys
sys.modules["trl"] = None
from gcpo_advantage.adapters import trl
assert not {"torch", "accelerate"} & set(sys.modules)
try:
    trl.RemoteGRPOTrainer
except trl.IncompatibleTrainerError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "(expected: trl 1.13.0" in done.stdout


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="RemotePPOTrainer"):
        _ = trl.RemotePPOTrainer
