# SPDX-License-Identifier: Apache-2.0
"""A built server that asks for tokens."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterator

import pytest
from real_server import RealServer

from gcpo_advantage import AdvantageClient, AdvantageError, RolloutGroup

pytestmark = pytest.mark.server

TOKEN = "gcpo_right"
WRONG = "gcpo_wrong"
GROUPS = [RolloutGroup("a", ["x", "y"], [1.0, 0.0])]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("guarded")
    tokens = folder / "tokens"
    tokens.write_text(f"# who\ntrainer:{hashlib.sha256(TOKEN.encode()).hexdigest()}\n")
    started = RealServer.start(folder, {"grpc.auth.tokens-file": str(tokens)})
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def _no_token_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GCPO_TOKEN", raising=False)


def test_right_token_is_answered(guarded: RealServer) -> None:
    with AdvantageClient(guarded.target, token=TOKEN) as client:
        assert len(client.compute(GROUPS)) == 1
        assert client.info().version


def test_token_of_the_environment_is_answered(
    guarded: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCPO_TOKEN", TOKEN)

    with AdvantageClient(guarded.target) as client:
        assert len(client.compute(GROUPS)) == 1


@pytest.mark.parametrize(("token", "reason"), [(WRONG, "TOKEN_INVALID"), (None, "TOKEN_MISSING")])
def test_other_callers_are_refused_at_once_with_the_reason(
    guarded: RealServer, token: str | None, reason: str
) -> None:
    with (
        AdvantageClient(guarded.target, token=token, timeout=60) as client,
        pytest.raises(AdvantageError, match=r"^UNAUTHENTICATED: ") as caught,
    ):
        client.compute(GROUPS)

    assert (caught.value.code, caught.value.reason) == ("UNAUTHENTICATED", reason)
    # What was tried again says how often.
    assert "attempt" not in str(caught.value)
    assert WRONG not in "".join(traceback.format_exception(caught.value))
