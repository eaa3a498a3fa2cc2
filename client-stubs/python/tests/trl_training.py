# SPDX-License-Identifier: Apache-2.0
"""Trains a tiny model with the adapter and writes what each rank saw to JSON.

Usage: trl_training.py OPTIONS.json, alone or under torch.distributed.run. ``rank0.json``,
``rank1.json`` ... go to the folder of the options.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trl_tiny

from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters.trl import remote_trainer

_WAIT_SECONDS = 300


def _text(completion: Any) -> str:
    return completion if isinstance(completion, str) else completion[0]["content"]


def parity(completions: list[Any], **columns: Any) -> list[float | None]:
    """Right or wrong, or not scorable."""
    sums = [sum(_text(each).encode()) for each in completions]
    return [None if total % 3 == 0 else float(total % 5 < 3) for total in sums]


def size(completions: list[Any], **columns: Any) -> list[float | None]:
    """A part of the reward that some completions have, also some that have no other."""
    sums = [sum(_text(each).encode()) for each in completions]
    return [None if total % 2 == 0 else total % 101 / 128 for total in sums]


def recording(trainer: type, seen: list[dict[str, Any]], gate: Callable[[int], None]) -> type:
    class Recording(remote_trainer(trainer)):  # type: ignore[misc]
        def _calculate_rewards(
            self, inputs: Any, prompts: Any, completions: Any, completion_ids_list: Any
        ) -> Any:
            gate(len(seen))
            rewards = super()._calculate_rewards(inputs, prompts, completions, completion_ids_list)
            seen.append(
                {
                    "mode": "train" if self.model.training else "eval",
                    "texts": [_text(each) for each in completions],
                    "tokens": [len(ids) for ids in completion_ids_list],
                    "golden": [row["solution"] for row in inputs],
                    "rewards": rewards.tolist(),
                }
            )
            return rewards

        def _generate_and_score_completions(self, inputs: Any) -> Any:
            output = super()._generate_and_score_completions(inputs)
            seen[-1]["advantages"] = output["advantages"].tolist()
            seen[-1]["logged"] = list(self._logs["advantages"])
            return output

    return Recording


def stop_at(options: dict[str, Any]) -> Callable[[int], None]:
    """Waits before one step for whoever runs this to let it go on."""
    folder = Path(options["folder"])

    def gate(step: int) -> None:
        if step != options.get("stop_before"):
            return
        (folder / "stopped").touch()
        end = time.monotonic() + _WAIT_SECONDS
        while not (folder / "go").exists():
            if time.monotonic() > end:
                raise TimeoutError("nobody let the training go on")
            time.sleep(0.02)

    return gate


def main(options: dict[str, Any]) -> None:
    import trl
    from datasets import Dataset

    prompts: list[Any] = [f"{i} + 1 =" for i in range(64)]
    if options.get("chat"):
        prompts = [[{"role": "user", "content": each}] for each in prompts]
    rows = Dataset.from_dict(
        {"prompt": prompts, "solution": [f"{i} + 1 = {i + 1}" for i in range(64)]}
    )
    kind = options["trainer"]
    seen: list[dict[str, Any]] = []
    trainer = recording(getattr(trl, f"{kind}Trainer"), seen, stop_at(options))(
        model=trl_tiny.model(7),
        reward_funcs=[parity, size],
        args=trl_tiny.arguments(
            getattr(trl, f"{kind}Config"),
            output_dir=options["folder"],
            max_steps=options["steps"],
            reward_weights=[1.0, 0.5],
            **options["arguments"],
        ),
        train_dataset=rows,
        eval_dataset=rows.select(range(2)),
        processing_class=trl_tiny.tokenizer(),
        advantage_service=AdapterSettings(
            options["target"],
            options["config"],
            timeout=options.get("timeout", 60.0),
            golden_field=options.get("golden_field", ""),
        ),
    )
    error: BaseException | None = None
    begun = time.monotonic()
    try:
        trainer.train()
        if options.get("evaluate"):
            trainer.evaluate()
    except Exception as raised:
        error = raised
    report = {
        "seen": seen,
        "history": trainer.state.log_history,
        "error": error and type(error).__name__,
        "message": str(error),
        "seconds": time.monotonic() - begun,
    }
    rank = os.environ.get("RANK", "0")
    Path(options["folder"], f"rank{rank}.json").write_text(json.dumps(report))
    if error is None:
        trainer.accelerator.end_training()
    # What follows is Torch's own tear-down of Gloo, which hangs or aborts now and then.
    os._exit(0)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
