# SPDX-License-Identifier: Apache-2.0
"""Kernels: what is sent for them, what comes back, and a temperature that follows."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fake_server import FakeServer

from gcpo_advantage import (
    AdvantageClient,
    GroupResult,
    InvalidAnswerError,
    KernelReport,
    MedianTemperature,
    RolloutGroup,
)
from gcpo_advantage._config import to_dict, to_message
from gcpo_advantage._generated.gcpo.advantage.v1 import config_pb2

GROUPS = [RolloutGroup(name, ["one", "two"], [1.0, 1.0]) for name in ("a", "b", "c")]
COMPOSITE = {
    "composite_kernel": {
        "sum": {
            "terms": [
                {"weight": 3.0, "kernel": {"named": "math"}},
                {
                    "weight": 1.0,
                    "kernel": {
                        "product": {
                            "factors": [
                                {"lexical": {"order": 1}},
                                {"power": {"base": {"named": "embedding_cosine"}, "exponent": 2}},
                                {
                                    "tempered": {
                                        "base": {"steps": {"kind": "code"}},
                                        "temperature": 0.5,
                                    }
                                },
                            ]
                        }
                    },
                },
            ]
        }
    },
    "kernel_temperature": 0.25,
}


def _matrix(values: Any) -> bytes:  # noqa: ANN401
    return np.asarray(values, dtype="<f8").tobytes()


def test_config_composite_is_read_and_written() -> None:
    message = to_message(COMPOSITE)

    terms = message.composite_kernel.sum.terms
    assert terms[0].kernel.named == config_pb2.KERNEL_MATH
    factors = terms[1].kernel.product.factors
    assert factors[0].lexical.order == 1
    assert factors[1].power.exponent == 2
    assert factors[2].tempered.base.steps.kind == config_pb2.STEP_KIND_CODE
    assert to_dict(message) == COMPOSITE


def test_config_bad_composite_is_refused_with_its_path() -> None:
    with pytest.raises(ValueError, match=r"^config\.composite_kernel: named and steps \(expected"):
        to_message({"composite_kernel": {"named": "math", "steps": {}}})
    with pytest.raises(TypeError, match=r"^config\.composite_kernel\.sum\.terms: .*a list\)$"):
        to_message({"composite_kernel": {"sum": {"terms": {}}}})
    with pytest.raises(TypeError, match=r"sum\.terms\[1\]: 2 \(expected: a mapping\)$"):
        to_message({"composite_kernel": {"sum": {"terms": [{}, 2]}}})
    with pytest.raises(ValueError, match=r"product\.factors\[0\]\.named: 'maths' \(expected: one"):
        to_message({"composite_kernel": {"product": {"factors": [{"named": "maths"}]}}})


def test_group_carries_what_kernels_look_at() -> None:
    message = RolloutGroup(
        "g",
        rewards=[1, 0],
        embeddings=np.ones((2, 2)),
        prompt_embedding=np.array([1.0, -2.0]),
        kernel_texts=["x", None],
        cluster_labels=[None, ""],
        similarity=np.array([[1.0, 0.25], [0.25, 1.0]], dtype=np.float32).T,
        golden_cluster_label="z",
    ).to_message()

    assert np.frombuffer(message.prompt_embedding_f32_le, "<f4").tolist() == [1.0, -2.0]
    assert [r.kernel_text for r in message.rollouts] == ["x", ""]
    assert [r.HasField("kernel_text") for r in message.rollouts] == [True, False]
    assert [r.HasField("cluster_label") for r in message.rollouts] == [False, True]
    assert message.similarity_f64_le == _matrix([1.0, 0.25, 0.25, 1.0])
    assert message.golden_cluster_label == "z"


def test_group_matrix_is_written_by_rows() -> None:
    columns = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])

    message = RolloutGroup("g", ["a", "b"], [1, 0], similarity=columns).to_message()

    assert message.similarity_f64_le == _matrix([1.0, 2.0, 3.0, 4.0])


def test_group_refuses_shapes_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match=r"similarity of shape \(1, 1\) \(expected: \[2, 2\], or "):
        RolloutGroup("g", ["a", "b"], [1, 0], similarity=np.ones((1, 1)))
    assert RolloutGroup("g", ["a", "b"], [1, 0], similarity=np.eye(3)).similarity is not None
    with pytest.raises(ValueError, match=r"^group g: 1 cluster_labels \(expected: 2\)$"):
        RolloutGroup("g", ["a", "b"], [1, 0], cluster_labels=["x"])
    with pytest.raises(ValueError, match="kernel_texts is a str"):
        RolloutGroup("g", ["a", "b"], [1, 0], kernel_texts="ab")
    with pytest.raises(ValueError, match=r"prompt_embedding of shape \(1, 2\) \(expected: \[d\]"):
        RolloutGroup("g", ["a"], [1], prompt_embedding=np.ones((1, 2)))


def test_prefetched_keeps_what_kernels_read_in_place_of_texts(
    client: AdvantageClient, fake: FakeServer
) -> None:
    client.submit(["one", "two"])
    told = RolloutGroup("a", ["one", "two"], [1.0, 0.0], kernel_texts=["said", None])

    client.compute([told], prefetched=True)

    rollouts = fake.requests[-1].groups[0].rollouts
    assert [r.WhichOneof("content") for r in rollouts] == ["content_sha256"] * 2
    assert [r.kernel_text for r in rollouts] == ["said", ""]


def _told(fake: FakeServer, change: Callable[[int, Any], None]) -> None:
    def distort(answer: Any) -> None:  # noqa: ANN401
        for i, result in enumerate(answer.results):
            change(i, result.advantages)

    fake.distort = distort


def _medians(client: AdvantageClient, fake: FakeServer, *medians: float) -> list[GroupResult]:
    def change(i: int, advantages: Any) -> None:  # noqa: ANN401
        if i < len(medians):
            advantages.kernel.median_similarity = medians[i]

    _told(fake, change)
    return client.compute(GROUPS)


def test_matrix_and_report_are_read(client: AdvantageClient, fake: FakeServer) -> None:
    def change(i: int, advantages: Any) -> None:  # noqa: ANN401
        advantages.kernel.median_similarity = 0.5
        advantages.kernel.temperature = 2
        advantages.similarity_f64_le = _matrix([1.0, 0.25, 0.25, 1.0])

    _told(fake, change)

    (result,) = client.compute(GROUPS[:1], similarity=True)

    assert fake.requests[0].output.similarity
    assert result.kernel == KernelReport(median_similarity=0.5, temperature=2.0)
    np.testing.assert_array_equal(result.similarity, [[1.0, 0.25], [0.25, 1.0]])


def test_without_a_kernel_there_is_none(client: AdvantageClient) -> None:
    (result,) = client.compute(GROUPS[:1])

    assert (result.kernel, result.similarity) == (None, None)


@pytest.mark.parametrize("values", [[1.0], [1.0, 0.0, np.nan, 1.0]])
def test_matrix_that_does_not_fit_is_refused(
    client: AdvantageClient, fake: FakeServer, values: list[float]
) -> None:
    def change(i: int, advantages: Any) -> None:  # noqa: ANN401
        advantages.similarity_f64_le = _matrix(values)

    _told(fake, change)

    with pytest.raises(InvalidAnswerError, match="similarity_f64_le"):
        client.compute(GROUPS[:1], similarity=True)


def test_matrix_that_is_lacking_is_refused(client: AdvantageClient) -> None:
    with pytest.raises(InvalidAnswerError, match="similarity_f64_le: present"):
        client.compute(GROUPS[:1], similarity=True)


def test_median_temperature_follows_the_medians(client: AdvantageClient, fake: FakeServer) -> None:
    temperature = MedianTemperature(decay=0.5)
    assert (temperature.average, temperature.temperature) == (None, None)
    assert temperature.config() == {}

    temperature.update(_medians(client, fake, 0.25, 0.75))
    assert temperature.average == 0.5
    temperature.update(_medians(client, fake, 1.0))
    temperature.update(_medians(client, fake))

    assert temperature.average == 0.75
    assert temperature.temperature == pytest.approx(0.25 / math.log(2), rel=1e-15)
    assert temperature.config() == {"kernel_temperature": temperature.temperature}


def test_median_temperature_of_near_duplicates_is_bounded(
    client: AdvantageClient, fake: FakeServer
) -> None:
    temperature = MedianTemperature()

    temperature.update(_medians(client, fake, 1.0))

    assert temperature.temperature == 0.01


@pytest.mark.parametrize("decay", [-0.1, 1.0, math.nan])
def test_median_temperature_refuses_a_decay_out_of_range(decay: float) -> None:
    with pytest.raises(ValueError, match=r"^decay: .* \(expected: in \[0, 1\)\)$"):
        MedianTemperature(decay)


@pytest.mark.server
def test_real_kernel_reports_and_follows(real: AdvantageClient) -> None:
    group = RolloutGroup(
        "g",
        ["2 + 3 = 5", "2 + 3 = 5", "4 + 1 = 5"],
        [1.0, 1.0, 1.0],
        cluster_labels=["x", "x", "y"],
        similarity=np.array([[1.0, 0.75, 0.5], [0.75, 1.0, 0.5], [0.5, 0.5, 1.0]]),
    )
    temperature = MedianTemperature()

    (given,) = real.compute([group], config={"kernel": "precomputed"}, similarity=True)
    (labels,) = real.compute([group], config={"kernel": "cluster"}, similarity=True)
    temperature.update([given])
    (scaled,) = real.compute(
        [group], config={"kernel": "precomputed", **temperature.config()}, similarity=True
    )

    np.testing.assert_array_equal(given.similarity, group.similarity)
    np.testing.assert_array_equal(labels.similarity, [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    assert labels.tokens.max() == 0
    assert given.kernel == KernelReport(median_similarity=0.5, temperature=None)
    assert scaled.kernel is not None
    assert scaled.kernel.temperature == pytest.approx(0.5 / math.log(2), rel=1e-15)
    assert scaled.similarity is not None
    assert scaled.similarity[0, 2] == pytest.approx(0.5, rel=1e-12)
