# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import pytest

from gcpo_advantage._config import to_dict, to_message
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2


def test_to_message_reads_names_in_any_case_with_or_without_prefix() -> None:
    message = to_message(
        {
            "estimator": "Gcpo_Cooperative",
            "kernel": "KERNEL_EMBEDDING_COSINE",
            "alpha": 1,
            "normalization": "centered",
            "exact_limit": 12,
        }
    )

    assert message == config_pb2.AdvantageConfig(
        estimator=config_pb2.ESTIMATOR_GCPO_COOPERATIVE,
        kernel=config_pb2.KERNEL_EMBEDDING_COSINE,
        alpha=1.0,
        normalization=config_pb2.NORMALIZATION_CENTERED,
        exact_limit=12,
    )


def test_to_message_copies_a_message() -> None:
    given = config_pb2.AdvantageConfig(alpha=2.0)

    made = to_message(given)

    assert made == given
    assert made is not given
    assert to_message(None) == config_pb2.AdvantageConfig()


def test_to_message_keeps_a_zero_that_is_set() -> None:
    assert to_message({"tie_tolerance": 0}).HasField("tie_tolerance")


def test_to_dict_is_the_inverse() -> None:
    config = {"estimator": "grpo", "normalization": "std", "epsilon": 0.5}

    assert to_dict(to_message(config)) == config


def test_to_message_fills_nested_messages_and_maps() -> None:
    message = to_message(
        {
            "gold": {"threshold": -1, "replacement": "Longest", "seed": 7},
            "importance": {"clip_low": 0},
            "component_weights": {"format": 0.5, "answer": 2},
        }
    )

    assert message == config_pb2.AdvantageConfig(
        gold=config_pb2.GoldConfig(
            threshold=-1.0, replacement=config_pb2.REPLACEMENT_LONGEST, seed=7
        ),
        importance=config_pb2.ImportanceConfig(clip_low=0.0),
        component_weights={"format": 0.5, "answer": 2.0},
    )
    assert message.importance.HasField("clip_low")


def test_to_message_empty_gold_is_there() -> None:
    assert to_message({"gold": {}}).HasField("gold")
    assert not to_message({}).HasField("gold")
    assert to_dict(to_message({"gold": {}})) == {"gold": {}}


def test_to_dict_of_nested_is_the_inverse() -> None:
    config = {
        "estimator": "gdpo",
        "component_weights": {"answer": 2.0, "format": 0.5},
        "gold": {"reward": 0.5, "replacement": "lowest_log_prob"},
        "importance": {"clip_low": 0.25, "max_log_ratio": 5.0},
    }

    assert to_dict(to_message(config)) == config


def test_to_dict_sorts_component_weights() -> None:
    names = [f"part-{i:02}" for i in range(16)]
    message = to_message({"component_weights": dict.fromkeys(reversed(names), 1.0)})

    assert list(to_dict(message)["component_weights"]) == names


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"alhpa": 1}, r"^config: 'alhpa' \(expected: did you mean alpha\?\)$"),
        ({"zzz": 1}, r"^config: 'zzz' \(expected: one of estimator, kernel, alpha, "),
        (
            {"volume": "none"},
            r"^config.volume: 'none' \(expected: one of logdet, det\)$",
        ),
        (
            {"volume": "unspecified"},
            r"^config.volume: 'unspecified' \(expected: one of logdet, det\)$",
        ),
        (
            {"gold": {"treshold": 0}},
            r"^config.gold: 'treshold' \(expected: did you mean threshold\?\)$",
        ),
        (
            {"gold": {"replacement": "first"}},
            r"^config.gold.replacement: 'first' \(expected: one of last, random, ",
        ),
        ({"seed": -1}, r"^config.seed: -1 \(expected: in \[0, 4294967295\]\)$"),
        ({"gold": {"seed": 2**32}}, r"^config.gold.seed: 4294967296 \(expected: in "),
    ],
)
def test_to_message_refuses_unknown_names(config: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        to_message(config)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"alpha": "1"}, r"^config.alpha: '1' \(expected: a number\)$"),
        ({"alpha": True}, r"^config.alpha: True \(expected: a number\)$"),
        ({"alpha": None}, r"^config.alpha: None \(expected: a number\)$"),
        ({"estimator": 1}, r"^config.estimator: 1 \(expected: a name\)$"),
        ({"seed": 0.5}, r"^config.seed: 0.5 \(expected: a whole number\)$"),
        ({"gold": None}, r"^config.gold: None \(expected: a mapping\)$"),
        ({"gold": {"reward": "1"}}, r"^config.gold.reward: '1' \(expected: a number\)$"),
        ({"component_weights": 1}, r"^config.component_weights: 1 \(expected: a mapping\)$"),
        (
            {"component_weights": {"format": True}},
            r"^config.component_weights.format: True \(expected: a number\)$",
        ),
        (
            {"component_weights": {"format": None}},
            r"^config.component_weights.format: None \(expected: a number\)$",
        ),
        ({"component_weights": {1: 1}}, r"^config.component_weights: 1 \(expected: a name\)$"),
    ],
)
def test_to_message_refuses_wrong_types(config: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        to_message(config)


@pytest.mark.parametrize("config", ["grpo", [("alpha", 1)], 5])
def test_configuration_that_is_no_mapping_is_refused(config: Any) -> None:  # noqa: ANN401
    with pytest.raises(TypeError, match=r"^config: .* \(expected: a mapping\)$"):
        to_message(config)
