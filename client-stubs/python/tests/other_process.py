# SPDX-License-Identifier: Apache-2.0
"""A trainer's process that uses its clients, then starts others that use them too; run by tests.

Not in the tests' own process: a server that is there would be forked with it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys

from gcpo_advantage import AdvantageClient, AsyncAdvantageClient, RolloutGroup

GROUPS = [RolloutGroup(str(i), ["x"], [1.0]) for i in range(4)]


def use(blocking: AdvantageClient, awaiting: AsyncAdvantageClient) -> None:
    """Every kind of call."""

    async def all_kinds() -> None:
        assert len(await awaiting.compute(GROUPS)) == 4
        assert len([result async for result in awaiting.stream(GROUPS)]) == 4

    assert len(blocking.compute(GROUPS)) == 4
    assert len(list(blocking.stream(GROUPS))) == 4
    assert len(blocking.submit_async(["x"]).result(20)) == 1
    asyncio.run(all_kinds())


def expect_closed(client: AdvantageClient) -> None:
    """A closed client is closed in a forked process too."""
    try:
        client.info()
    except RuntimeError:
        return
    raise AssertionError("open")


def fork(blocking: AdvantageClient, awaiting: AsyncAdvantageClient) -> None:
    """By hand."""
    closed = AdvantageClient(blocking.target)
    closed.info()
    closed.close()
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:
            code = 1
            try:
                use(blocking, awaiting)
                expect_closed(closed)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    use(blocking, awaiting)
    for child in children:
        _, status = os.waitpid(child, 0)
        assert status == 0, f"child ended with {status}"


def main() -> None:
    """Arguments: how to start others, and the target."""
    how, target = sys.argv[1:]
    blocking, awaiting = AdvantageClient(target, timeout=20), AsyncAdvantageClient(target)
    use(blocking, awaiting)
    if how == "os.fork":
        fork(blocking, awaiting)
    else:
        with multiprocessing.get_context(how).Pool(2) as pool:
            pool.starmap(use, [(blocking, awaiting)] * 4)
    use(blocking, awaiting)
    blocking.close()
    asyncio.run(awaiting.close())


if __name__ == "__main__":
    main()
