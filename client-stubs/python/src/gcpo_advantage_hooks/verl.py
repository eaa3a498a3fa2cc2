# SPDX-License-Identifier: Apache-2.0
"""What verl imports at ``import verl``: waits for its trainers, imports nothing of weight itself.

For verl 0.9 and newer the entry point ``gcpo`` of the group ``verl.plugins``, for older ones the
value of ``VERL_USE_EXTERNAL_MODULES``. verl swallows what a plugin raises, and most of its users
have another estimator: so a verl that does not fit is logged, and the estimator, if it is chosen,
raises.
"""

from __future__ import annotations

from types import ModuleType

from gcpo_advantage_hooks import after_import


def _fit(module: ModuleType) -> None:
    from gcpo_advantage.adapters import verl

    verl.fit_or_tell(module)


for _name in ("core_algos", "metric_utils", "trainer_utils", "ray_trainer", "v1.trainer_base"):
    after_import(f"verl.trainer.ppo.{_name}", _fit)
