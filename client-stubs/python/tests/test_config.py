# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

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


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"alhpa": 1}, r"^config: 'alhpa' \(expected: did you mean alpha\?\)$"),
        ({"zzz": 1}, r"^config: 'zzz' \(expected: one of estimator, kernel, alpha, "),
        (
            {"normalization": "none"},
            r"^config.normalization: 'none' \(expected: one of std, centered\)$",
        ),
        (
            {"normalization": "unspecified"},
            r"^config.normalization: 'unspecified' \(expected: one of std, centered\)$",
        ),
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
    ],
)
def test_to_message_refuses_wrong_types(config: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        to_message(config)
