# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sys

import ray

_ACTOR = """
import os, sys
assert "gcpo_advantage" not in sys.modules
from openrlhf.trainer.ppo_trainer import EXPERIENCE_MAKER
assert EXPERIENCE_MAKER.compute_advantages_and_returns.gcpo_replaced
print(*sorted(name for name in os.environ if name.startswith("GCPO_")))
"""

if __name__ == "__main__":
    if not ray.is_initialized():
        ray.init(runtime_env={"env_vars": {}})
    print(*sys.argv[1:], flush=True)
    ray.run_actor(_ACTOR)
