# SPDX-License-Identifier: Apache-2.0
"""Holds the definitions to games worked by hand before anything is written."""

from credits import both_coverages, kernel, matrix_log, mp, volume

# Three right rollouts, two of them alike, and a wrong one: alpha 1, p 1/2.
ALIKE = ([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, 1, 1, 0], 1, 0.5)
# Rows of any length and rewards below 1: alpha 4, p 1/2.
SCALED = ([[3, 4, 0], [1, 2, 2], [2, -1, 2], [0, 0, 5]], [1, 0.5, 0.25, 0], 4, 0.5)


def worked_games():
    a = volume(kernel(ALIKE[0]), *ALIKE[1:])
    logdet, det = both_coverages(a)
    assert_close(logdet["SHAPLEY"], [mp.log(3) / 2, mp.log(3) / 2, mp.log(2), 0])
    assert_close(logdet["BANZHAF"], [mp.log(3) / 2, mp.log(3) / 2, mp.log(2), 0])
    assert_close(logdet["LEAVE_ONE_OUT"], [mp.log(1.5), mp.log(1.5), mp.log(2), 0])
    assert_close(det["SHAPLEY"], [1.5, 1.5, 2, 0])
    assert_close(matrix_log(a)[0], logdet["SHAPLEY"])
    a = volume(kernel(SCALED[0]), *SCALED[1:])
    logdet, det = both_coverages(a)
    assert_close(logdet["SHAPLEY"], [1.437827945302, 0.896514866391, 0.656488583260, 0])
    assert_close(logdet["LEAVE_ONE_OUT"], [1.267183351585, 0.695382817530, 0.620795359376, 0])
    assert_close(det["SHAPLEY"], [8.703539094650, 5.541563786008, 4.657119341564, 0])
    assert_close(matrix_log(a)[0], [1.469291970396, 0.868018365773, 0.653521058786, 0])


def assert_close(found, expected):
    for f, e in zip(found, expected, strict=True):
        if abs(f - e) > 1e-11:
            raise AssertionError(f"{float(f)} (expected: {float(e)})")
