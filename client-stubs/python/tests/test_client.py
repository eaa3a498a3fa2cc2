# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from typing import Any

import grpc
import numpy as np
import pytest
from fake_server import FakeServer, status

from gcpo_advantage import (
    AdvantageClient,
    AdvantageError,
    DeadlineExceededError,
    FieldViolation,
    GroupResult,
    InvalidAnswerError,
    InvalidRequestError,
    PreconditionError,
    RequestTooLargeError,
    RolloutGroup,
    ServerError,
    UnavailableError,
)
from gcpo_advantage._generated.gcpo.advantage.v1 import advantage_service_pb2 as service

GROUPS = [
    RolloutGroup("a", ["one", "two"], [1.0, 0.0], rollout_ids=["a0", "a1"]),
    RolloutGroup("b", ["three"], [None]),
]


def test_compute_returns_arrays_in_order(client: AdvantageClient) -> None:
    first, second = client.compute(GROUPS, config={"estimator": "grpo"})

    assert (first.group_id, second.group_id) == ("a", "b")
    assert first.advantages.dtype == np.float64
    np.testing.assert_array_equal(first.advantages, [0.0, 1.0])
    np.testing.assert_array_equal(first.credits, [1.0, 0.0])
    np.testing.assert_array_equal(first.scaled_credits, [2.0, 0.0])
    np.testing.assert_array_equal(first.included, [True, True])
    np.testing.assert_array_equal(second.included, [False])
    np.testing.assert_array_equal(first.tokens, [3, 3])
    np.testing.assert_array_equal(first.nearest_correct, [-1, -1])
    assert np.isnan(first.nearest_similarity).all()
    assert first.team_value == 1.0
    assert first.signal == "ok"
    assert first.credit_method == "exact"
    assert first.diversity is None
    assert first.config == {"estimator": "grpo"}
    assert first.model.name == "fake"


def test_compute_sends_request_id_and_output(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS, request_id="step-7", diversity=False)
    client.compute(GROUPS)

    assert fake.requests[0].request_id == "step-7"
    assert fake.requests[0].output.diversity is False
    assert fake.requests[1].output.diversity is True
    assert not fake.requests[1].output.metrics
    assert not fake.requests[1].output.HasField("cluster_threshold")
    assert not fake.requests[1].output.pass_at_k
    assert len(fake.requests[1].request_id) == 32


def test_compute_sends_what_is_to_be_measured(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(
        GROUPS,
        metrics=["clusters", "DIVERSITY_METRIC_SELF_BLEU"],
        cluster_threshold=0.5,
        pass_at_k=np.array([1, 4]),
    )

    output = fake.requests[0].output
    assert list(output.metrics) == [
        service.DIVERSITY_METRIC_CLUSTERS,
        service.DIVERSITY_METRIC_SELF_BLEU,
    ]
    assert output.cluster_threshold == 0.5
    assert list(output.pass_at_k) == [1, 4]


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        (
            {"metrics": ["distinct", "self_blue"]},
            ValueError,
            r"^metrics\[1\]: 'self_blue' \(expected: one of vendi_score, pairwise_distance, ",
        ),
        ({"metrics": "distinct"}, TypeError, r"^metrics: 'distinct' \(expected: a sequence of "),
        ({"metrics": [1]}, TypeError, r"^metrics\[0\]: 1 \(expected: a name\)$"),
        ({"pass_at_k": 4}, TypeError, r"^pass_at_k: 4 \(expected: whole numbers\)$"),
        ({"pass_at_k": [1.5]}, TypeError, r"^pass_at_k: \[1.5\] \(expected: whole numbers\)$"),
        ({"pass_at_k": [-1]}, ValueError, r"^pass_at_k: \[-1\] \(expected: each in \[1, 1024\]"),
    ],
)
def test_compute_options_that_cannot_be_sent_are_refused(
    fake: FakeServer,
    client: AdvantageClient,
    options: dict[str, Any],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind, match=message):
        client.compute(GROUPS, **options)
    assert fake.calls == 0


def test_compute_nothing_is_nothing(fake: FakeServer, client: AdvantageClient) -> None:
    assert client.compute([]) == []
    assert fake.calls == 0


def test_compute_reads_any_iterable_once(client: AdvantageClient) -> None:
    assert len(client.compute(group for group in GROUPS)) == 2


def test_compute_over_group_limit_is_split_and_joined(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_groups_per_request = 2
    groups = [RolloutGroup(str(i), ["x"] * (i + 1), [1.0] * (i + 1)) for i in range(5)]

    results = client.compute(groups, request_id="r")

    assert sorted(len(request.groups) for request in fake.requests) == [1, 2, 2]
    assert {request.request_id for request in fake.requests} == {"r"}
    assert [result.group_id for result in results] == ["0", "1", "2", "3", "4"]
    assert [len(result.advantages) for result in results] == [1, 2, 3, 4, 5]


def test_compute_over_byte_limit_is_split(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_message_bytes = 1000
    groups = [RolloutGroup(str(i), ["x" * 400], [1.0]) for i in range(4)]

    assert len(client.compute(groups)) == 4
    assert [len(request.groups) for request in fake.requests] == [2, 2]
    assert all(request.ByteSize() <= 1000 for request in fake.requests)


def test_compute_group_over_byte_limit_is_refused(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.limits.max_message_bytes = 1000

    with pytest.raises(RequestTooLargeError, match=r"^groups\[0\]: \d+ bytes"):
        client.compute([RolloutGroup("a", ["x" * 2000], [1.0])])
    assert fake.calls == 0


def test_compute_twin_ids_are_refused(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^group_id: 'a' twice \(expected: distinct ids\)$"):
        client.compute([GROUPS[0], GROUPS[0]])


def test_compute_asks_for_limits_once(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)
    client.compute(GROUPS)

    assert fake.info_calls == 1


def test_compute_forgets_limits_when_input_is_refused(
    fake: FakeServer, client: AdvantageClient
) -> None:
    client.compute(GROUPS)
    fake.failures.append((grpc.StatusCode.RESOURCE_EXHAUSTED, None))
    with pytest.raises(RequestTooLargeError):
        client.compute(GROUPS)

    client.compute(GROUPS)

    assert fake.info_calls == 2


def test_compute_large_request_survives_one_unavailable(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.failures.append((grpc.StatusCode.UNAVAILABLE, None))

    (result,) = client.compute([RolloutGroup("a", ["x" * (4 << 20)], [1.0])])

    np.testing.assert_array_equal(result.advantages, [0.0])
    assert fake.calls == 2


def test_compute_other_failures_are_not_repeated(fake: FakeServer, client: AdvantageClient) -> None:
    fake.failures.append((grpc.StatusCode.INTERNAL, None))

    with pytest.raises(ServerError, match=r"^INTERNAL: told to fail$"):
        client.compute(GROUPS)
    assert fake.calls == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.INVALID_ARGUMENT, InvalidRequestError),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, RequestTooLargeError),
        (grpc.StatusCode.FAILED_PRECONDITION, PreconditionError),
        (grpc.StatusCode.UNIMPLEMENTED, AdvantageError),
    ],
)
def test_compute_failures_have_types(
    fake: FakeServer, client: AdvantageClient, code: grpc.StatusCode, kind: type[AdvantageError]
) -> None:
    fake.failures.append((code, None))

    with pytest.raises(AdvantageError) as caught:
        client.compute(GROUPS)

    assert type(caught.value) is kind
    assert caught.value.code == code.name


def test_compute_failure_carries_reason_and_fields(fake: FakeServer) -> None:
    fake.limits.max_groups_per_request = 1
    details = status(3, "bad", "INVALID_FIELD", "groups[0].rollouts[2].reward")
    fake.distort = lambda answer: fake.failures.append((grpc.StatusCode.INVALID_ARGUMENT, details))

    # One connection, one request after the other.
    with (
        AdvantageClient(fake.target, connections=1) as client,
        pytest.raises(InvalidRequestError) as caught,
    ):
        client.compute(GROUPS)

    assert caught.value.reason == "INVALID_FIELD"
    # The second request's first group is the caller's second.
    assert caught.value.violations == (
        FieldViolation("groups[1].rollouts[2].reward", "NaN (expected: finite)"),
    )
    assert str(caught.value) == (
        "INVALID_ARGUMENT: bad\n  groups[1].rollouts[2].reward: NaN (expected: finite)"
    )


def test_compute_unreachable_server_is_unavailable(fake: FakeServer) -> None:
    fake.stop()

    with AdvantageClient(fake.target, timeout=1) as late, pytest.raises(UnavailableError):
        late.compute(GROUPS)


def test_compute_ends_at_its_timeout(fake: FakeServer, client: AdvantageClient) -> None:
    fake.released.clear()

    with pytest.raises(DeadlineExceededError):
        client.compute(GROUPS, timeout=0.3)
    with pytest.raises(TimeoutError):
        client.embed(["a"], timeout=0.3)


def _fail_second(answer: Any) -> None:  # noqa: ANN401
    answer.results[1].error.CopyFrom(
        status(3, "no good", "INVALID_FIELD", "groups[1].rollouts[0].reward")
    )


def test_compute_group_error_is_raised_with_all_results(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = _fail_second

    with pytest.raises(InvalidRequestError) as caught:
        client.compute(GROUPS)

    error = caught.value
    assert error.group_id == "b"
    assert error.violations[0].field == "groups[1].rollouts[0].reward"
    assert error.results is not None
    np.testing.assert_array_equal(error.results[0].advantages, [0.0, 1.0])


def test_compute_group_error_is_returned_and_never_zero(
    fake: FakeServer, client: AdvantageClient
) -> None:
    fake.distort = _fail_second

    good, bad = client.compute(GROUPS, on_group_error="return")

    good.raise_for_error()
    assert good.error is None
    assert isinstance(bad.error, InvalidRequestError)
    with pytest.raises(InvalidRequestError):
        bad.raise_for_error()
    names = [name for name, value in vars(GroupResult).items() if isinstance(value, property)]
    assert len(names) == 25
    for name in names:
        with pytest.raises(InvalidRequestError):
            getattr(bad, name)


def test_compute_unknown_choice_is_refused(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^on_group_error: 'ignore'"):
        client.compute(GROUPS, on_group_error="ignore")  # type: ignore[arg-type]


def _swap(answer: Any) -> None:  # noqa: ANN401
    answer.results.reverse()


def _shorten(answer: Any) -> None:  # noqa: ANN401
    del answer.results[1]


def _drop_rollout(answer: Any) -> None:  # noqa: ANN401
    del answer.results[0].advantages.rollouts[0]


def _rename_rollout(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].rollout_id = "x"


def _nan(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].advantage = float("nan")


def _infinite_credit(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].credit = float("inf")


def _drop_credit(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].advantages.rollouts[1].ClearField("credit")


def _drop_outcome(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].ClearField("advantages")


def _ok_error(answer: Any) -> None:  # noqa: ANN401
    answer.results[0].error.message = "but code OK"


def _other_request(answer: Any) -> None:  # noqa: ANN401
    answer.request_id = "other"


@pytest.mark.parametrize(
    ("distort", "message"),
    [
        (_swap, r"^results\[0\].group_id: 'b' \(expected: 'a'\)$"),
        (_shorten, r"^results: length: 1 \(expected: 2\)$"),
        (_drop_rollout, r"^results\[0\].advantages.rollouts: length: 1 \(expected: 2\)$"),
        (_rename_rollout, r"^results\[0\].advantages.rollouts\[1\].rollout_id: 'x' "),
        (_nan, r"^results\[0\].advantages.rollouts\[1\].advantage: nan \(expected: finite\)$"),
        (_infinite_credit, r"^results\[0\].advantages.rollouts\[1\].credit: inf "),
        (_drop_credit, r"^results\[0\].advantages.rollouts\[1\].credit: present: False "),
        (_drop_outcome, r"^results\[0\].outcome: unset "),
        (_ok_error, r"^results\[0\].error.code: 0 "),
        (_other_request, r"^request_id: 'other' "),
    ],
)
def test_compute_unfit_answer_is_refused(
    fake: FakeServer,
    client: AdvantageClient,
    distort: Callable[[Any], None],
    message: str,
) -> None:
    fake.distort = distort

    with pytest.raises(InvalidAnswerError, match=message):
        client.compute(GROUPS)


def test_compute_from_many_threads(client: AdvantageClient) -> None:
    sizes: dict[int, int] = {}

    def work(n: int) -> None:
        (result,) = client.compute([RolloutGroup("g", ["x"] * n, [1.0] * n)])
        sizes[n] = len(result.advantages)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sizes == {n: n for n in range(1, 17)}


def test_embed_gives_rows_and_splits(fake: FakeServer, client: AdvantageClient) -> None:
    fake.limits.max_texts_per_request = 2

    rows = client.embed(["a", "bb", ""], truncation_policy="keep_head")

    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, [[1, 0, 1], [2, 0, 1], [0, 0, 1]])
    # Side by side, so that either may come first.
    assert sorted(len(request.texts) for request in fake.requests) == [1, 2]
    assert {request.truncation_policy for request in fake.requests} == {3}
    rows[0, 0] = 7  # the caller's own array


def test_embed_nothing_has_the_models_width(client: AdvantageClient) -> None:
    assert client.embed([]).shape == (0, 3)


def test_embed_refuses_bad_input(client: AdvantageClient) -> None:
    with pytest.raises(ValueError, match=r"^texts: a str \(expected: a sequence of str\)$"):
        client.embed("abc")
    with pytest.raises(ValueError, match=r"^texts\[1\] \(expected: text with a UTF-8 form\)$"):
        client.embed(["a", "\udfff"])
    with pytest.raises(ValueError, match=r"^config.truncation_policy: 'cut'"):
        client.embed(["a"], truncation_policy="cut")


def test_embed_unfit_answer_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    def cut(answer: Any) -> None:  # noqa: ANN401
        answer.embeddings_f32_le = answer.embeddings_f32_le[:-4]

    fake.distort = cut

    with pytest.raises(InvalidAnswerError, match=r"^embeddings_f32_le: bytes: 8 \(expected: 12\)"):
        client.embed(["a"])


def test_embed_not_finite_answer_is_refused(fake: FakeServer, client: AdvantageClient) -> None:
    def spoil(answer: Any) -> None:  # noqa: ANN401
        answer.embeddings_f32_le = np.array([0, np.nan, 1], dtype="<f4").tobytes()

    fake.distort = spoil

    with pytest.raises(InvalidAnswerError, match=r"^embeddings_f32_le: a NaN or infinity"):
        client.embed(["a"])


def test_info_is_read(client: AdvantageClient) -> None:
    info = client.info()

    assert info.version == "fake"
    assert info.limits.max_groups_per_request == 100
    assert info.default_config == {"estimator": "gcpo_cooperative"}
    assert info.estimators[0].estimator == "grpo"
    assert info.estimators[0].parameters[0].default_value == "1e-6"
    assert (info.estimators[0].batch_level, info.estimators[0].inputs) == (False, ())
    assert info.estimators[1].batch_level
    assert info.estimators[1].inputs == ("similarity", "generated_tokens")
    assert [parameter.name for parameter in info.gold_parameters] == ["threshold"]
    assert [parameter.name for parameter in info.importance_parameters] == ["clip_low"]


def test_target_comes_from_the_environment(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TARGET", fake.target)
    with AdvantageClient() as client:
        assert client.info().version == "fake"

    monkeypatch.delenv("GCPO_TARGET")
    with pytest.raises(ValueError, match=r"^target: None \(expected: host:port, here or in"):
        AdvantageClient()


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_timeout_must_be_positive(timeout: float) -> None:
    with pytest.raises(ValueError, match=r"^timeout: .* \(expected: seconds above 0\)$"):
        AdvantageClient("localhost:1", timeout=timeout)


def test_closed_client_refuses_calls(fake: FakeServer) -> None:
    client = AdvantageClient(fake.target)
    client.info()
    client.close()
    client.close()

    with pytest.raises(RuntimeError, match=r"^client: closed \(expected: open\)$"):
        client.info()


def test_pickled_client_has_a_channel_of_its_own(fake: FakeServer, client: AdvantageClient) -> None:
    client.compute(GROUPS)

    with pickle.loads(pickle.dumps(client)) as copy:
        client.close()
        assert len(copy.compute(GROUPS)) == 2


def test_client_notices_that_it_is_in_another_process(
    client: AdvantageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.info()
    before = [client._channels.stub() for _ in range(3)]
    assert before[0] is before[2]
    assert before[0] is not before[1]

    monkeypatch.setattr("os.getpid", lambda: -1)

    assert client._channels.stub() not in before


def test_results_and_errors_are_picklable(fake: FakeServer, client: AdvantageClient) -> None:
    fake.distort = _fail_second

    good, bad = pickle.loads(pickle.dumps(client.compute(GROUPS, on_group_error="return")))

    np.testing.assert_array_equal(good.advantages, [0.0, 1.0])
    assert isinstance(bad.error, InvalidRequestError)
    assert bad.error.reason == "INVALID_FIELD"
    assert bad.error.violations[0].field == "groups[1].rollouts[0].reward"
    assert "no good" in repr(bad)
    assert repr(good) == "GroupResult('a', ok, advantages=[0. 1.])"
