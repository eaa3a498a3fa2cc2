# SPDX-License-Identifier: Apache-2.0
"""NeMo-RL's own script, with the advantage service: in front of its path and arguments.

In NeMo-RL's folder: ``GCPO_TARGET=localhost:50051 python nemo_rl_train.py examples/run_grpo.py
--config examples/configs/grpo_math_1B.yaml``.
"""

import runpy
import sys

from gcpo_advantage.adapters import nemo_rl

if __name__ == "__main__":
    nemo_rl.install()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
