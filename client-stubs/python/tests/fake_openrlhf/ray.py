# SPDX-License-Identifier: Apache-2.0
"""In the place of Ray: one actor, whose process begins with what runtime_env says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

_RUN_SETUP = """
import importlib, sys
module, _, name = sys.argv[1].rpartition(".")
getattr(importlib.import_module(module), name)()
exec(sys.argv[2])
"""
_runtime_env: dict[str, Any] = {}


def is_initialized() -> bool:
    return bool(_runtime_env)


def init(runtime_env: dict[str, Any]) -> None:
    _runtime_env.update(json.loads(json.dumps(runtime_env)))


def run_actor(code: str) -> None:
    hook = _runtime_env["worker_process_setup_hook"]
    without = {name: value for name, value in os.environ.items() if not name.startswith("GCPO_")}
    environment = {**without, **_runtime_env["env_vars"]}
    command = [sys.executable, "-c", _RUN_SETUP, hook, code]
    subprocess.run(command, env=environment, check=True)
