# SPDX-License-Identifier: Apache-2.0
"""GRPO with TRL on sums of two numbers, its advantages by the service.

Usage: trl_grpo.py [MODEL] [--target HOST:PORT] [--steps N]

Without a model a random one with 13,008 parameters and a tokenizer of bytes is made, which learns
nothing but runs on any CPU without a download. Needs trl and a running server::

    gcpo-advantage serve --port 50051
    python trl_grpo.py --target localhost:50051
"""

from __future__ import annotations

import argparse
import re
import tempfile
from typing import Any

from datasets import Dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
from trl import GRPOConfig

from gcpo_advantage.adapters.trl import AdapterSettings, RemoteGRPOTrainer


def correct(completions: list[str], answer: list[str], **columns: object) -> list[float]:
    """1 where the last number is the answer."""
    numbers = [re.findall(r"\d+", completion) for completion in completions]
    return [float(found[-1:] == [wanted]) for found, wanted in zip(numbers, answer, strict=True)]


def digits(completions: list[str], **columns: object) -> list[float]:
    """The share of digits, so that the tiny model has something to be better at."""
    return [sum(c.isascii() and c.isdigit() for c in text) / 16 for text in completions]


def tiny() -> dict[str, Any]:
    """A random model and a tokenizer of 256 bytes, padding and end of sequence."""
    symbols = [*sorted(pre_tokenizers.ByteLevel.alphabet()), "<pad>", "<eos>"]
    vocabulary = {symbol: index for index, symbol in enumerate(symbols)}
    bytes_only = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    config = Qwen2Config(
        vocab_size=258,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        pad_token_id=256,
        eos_token_id=257,
        bos_token_id=None,
    )
    return {
        "model": Qwen2ForCausalLM(config),
        "processing_class": PreTrainedTokenizerFast(
            tokenizer_object=bytes_only, pad_token="<pad>", eos_token="<eos>", padding_side="left"
        ),
    }


def main() -> None:
    """Trains."""
    parser = argparse.ArgumentParser(description="GRPO with advantages by the service")
    parser.add_argument("model", nargs="?", help="a model's name or folder; none: a tiny one")
    parser.add_argument("--target", help="host:port of the server; none: GCPO_TARGET")
    parser.add_argument("--steps", type=int, default=5)
    options = parser.parse_args()

    pairs = [(a, b) for a in range(2, 10) for b in range(2, 10)]
    dataset = Dataset.from_dict(
        {
            "prompt": [f"{a} + {b} = " for a, b in pairs],
            "answer": [str(a + b) for a, b in pairs],
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        trainer = RemoteGRPOTrainer(
            **(tiny() if options.model is None else {"model": options.model}),
            reward_funcs=[correct, digits],
            args=GRPOConfig(
                output_dir=folder,
                max_steps=options.steps,
                per_device_train_batch_size=16,
                num_generations=8,
                max_completion_length=16,
                reward_weights=[1.0, 0.5],
                use_cpu=options.model is None,
                bf16=options.model is not None,
                gradient_checkpointing=options.model is not None,
                logging_steps=1,
                report_to="none",
                save_strategy="no",
                disable_tqdm=True,
            ),
            train_dataset=dataset,
            advantage_service=AdapterSettings(options.target, {"estimator": "gcpo_cooperative"}),
        )
        trainer.train()
    for entry in trainer.state.log_history:
        if "reward" in entry:
            own = {
                name.removeprefix("advantage_service/"): round(float(value), 3)
                for name, value in entry.items()
                if name.startswith("advantage_service/")
            }
            print(f"step {entry['step']}: reward {float(entry['reward']):.4f}, service {own}")


if __name__ == "__main__":
    main()
