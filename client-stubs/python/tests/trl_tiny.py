# SPDX-License-Identifier: Apache-2.0
"""A random model of 13,008 parameters with a tokenizer of bytes: nothing is downloaded."""

from __future__ import annotations

from typing import Any


def tokenizer() -> Any:
    """256 bytes, padding and end of sequence; no merges."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    symbols = [*sorted(pre_tokenizers.ByteLevel.alphabet()), "<pad>", "<eos>"]
    vocabulary = {symbol: index for index, symbol in enumerate(symbols)}
    bytes_only = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(
        tokenizer_object=bytes_only, pad_token="<pad>", eos_token="<eos>", padding_side="left"
    )
    made.chat_template = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    return made


def model(seed: int) -> Any:
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

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


def arguments(config_class: Any, **options: Any) -> Any:
    return config_class(
        gradient_accumulation_steps=1,
        max_completion_length=12,
        **{"beta": 0.0, **options},
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        report_to="none",
        save_strategy="no",
        logging_steps=1,
        disable_tqdm=True,
    )
