# SPDX-License-Identifier: Apache-2.0
"""A tiny random model with a tokenizer of bytes: TRL trains it on a CPU, nothing is downloaded."""

import tempfile

import torch
from datasets import Dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM


def tokenizer():
    """256 bytes, padding and end of sequence; no merges."""
    symbols = [*sorted(pre_tokenizers.ByteLevel.alphabet()), "<pad>", "<eos>"]
    vocabulary = {symbol: index for index, symbol in enumerate(symbols)}
    bytes_only = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=bytes_only, pad_token="<pad>", eos_token="<eos>", padding_side="left"
    )


def model(seed):
    torch.manual_seed(seed)
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
    return Qwen2ForCausalLM(config)


class Prescribed:
    """A reward function that answers with the next prepared list, whatever was generated."""

    def __init__(self, name, batches):
        self.__name__ = name
        self.batches = iter(batches)

    def __call__(self, prompts, completions, **columns):
        return next(self.batches)


def advantages(trainer_class, config_class, options, names, batches, seed):
    """Trains one step a batch and returns what TRL made of each batch's rewards.

    batches[b][i] maps a reward function's name to the reward of rollout i, or to None. The
    trainer's own _generate_and_score_completions computes the advantages: it is only listened to,
    before TRL shuffles and splits what it returns.
    """

    class Recording(trainer_class):
        def _generate_and_score_completions(self, inputs):
            output = super()._generate_and_score_completions(inputs)
            recorded.append(output["advantages"].tolist())
            return output

    recorded = []
    with tempfile.TemporaryDirectory() as folder:
        trainer = Recording(
            model=model(seed),
            reward_funcs=[Prescribed(n, [[row[n] for row in b] for b in batches]) for n in names],
            args=arguments(config_class, folder, options, len(batches), len(batches[0]), seed),
            train_dataset=Dataset.from_dict({"prompt": [f"{i} + 1 =" for i in range(64)]}),
            processing_class=tokenizer(),
        )
        trainer.train()
    return recorded


def arguments(config_class, folder, options, steps, rollouts, seed):
    return config_class(
        output_dir=folder,
        seed=seed,
        max_steps=steps,
        per_device_train_batch_size=rollouts,
        steps_per_generation=1,
        gradient_accumulation_steps=1,
        max_completion_length=4,
        beta=0.0,
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        report_to="none",
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
        **options,
    )
