# SPDX-License-Identifier: Apache-2.0
"""What Ray runs first in each worker process of an OpenRLHF job: waits for its experience maker."""

from __future__ import annotations

from types import ModuleType

from gcpo_advantage_hooks import after_import

EXPERIENCE_MAKER = "openrlhf.trainer.ppo_utils.experience_maker"


def prepare() -> None:
    """The value of ``worker_process_setup_hook`` of Ray's ``runtime_env``, by its dotted name.

    A process that imports the experience maker fails there if that is not as the adapter needs it.
    """
    after_import(EXPERIENCE_MAKER, _fit)


def _fit(module: ModuleType) -> None:
    from gcpo_advantage.adapters import openrlhf

    openrlhf.fit(module)
