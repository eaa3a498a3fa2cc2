# SPDX-License-Identifier: Apache-2.0
"""Holds the definitions to numbers published or worked by hand before anything is written."""

from cooperative import normalise
from exact import exact
from passk_estimators import pass_at_k_training, pkpo_scores
from reward_estimators import grpo, opo, rloo

MIXED = [1, 0, 0, 1, 1, 0, 0, 0]


def worked_vectors():
    """Vectors of verl, TRL and NeMo-RL, of Pass@k Training, and the example of SIGN_SAFE."""
    assert_close(grpo(exact(MIXED), "VERL")[:2], [1.207612, -0.724567])
    assert_close(grpo(exact(MIXED), "TRL")[:2], [1.207381, -0.724429])
    assert_close(grpo(exact(MIXED), "NEMO_RL")[:2], [1.463847, -0.801782])
    assert_close(rloo(exact(MIXED))[:2], [0.714286, -0.428571])
    assert_close(opo(exact([1, 0, 0]), [1, 1, 1]), [0.666667, -0.333333, -0.333333])
    assert_close(pass_at_k_training(exact([1] + [0] * 7), 4)[:2], [0.999998, -0.142857])
    assert_close(pass_at_k_training(exact([1] * 4 + [0] * 4), 4)[3:5], [0.120385, -0.120385])
    binary_pkpo()
    sign_safe()


def binary_pkpo():
    """k/n if right and (k/n) rho(n-1, c, k-1) if wrong; n = 4, c = 1, k = 2 by hand."""
    rewards = exact([1, 0, 0, 0])
    assert_close(pkpo_scores(rewards, 2, "PLAIN"), [1 / 2, 1 / 6, 1 / 6, 1 / 6])
    assert_close(pkpo_scores(rewards, 2, "LEAVE_ONE_OUT_MINUS_ONE"), [1 / 2, 0, 0, 0])


def sign_safe():
    """Three right rollouts, two of them alike, and a wrong one; then graded ones: the sum stays."""
    scores = exact([0.792481250361, 0.792481250361, 1, 0])
    found = normalise(scores, exact([1, 1, 1, 0]), "SIGN_SAFE")
    assert_close(found, [0.459859474855, 0.459859474855, 0.580278050296, -1.499997000006])
    graded = exact([1, 0.75, 0.5, 0])
    found, before = normalise(exact([1, 0.25, 0.5, 0]), graded, "SIGN_SAFE"), grpo(graded, "SLIME")
    assert_close([sum(found), found[0] / found[1]], [sum(before), 4 * before[0] / before[1]])


def assert_close(found, expected):
    for f, e in zip(found, expected, strict=True):
        if abs(f - e) > 1e-6:
            raise AssertionError(f"{float(f)} (expected: {e})")
