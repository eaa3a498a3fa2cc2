# SPDX-License-Identifier: Apache-2.0
"""Writes tiny models of random weights and transformers' own states for them; see README.md."""

import json
import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertModel,
    CamembertConfig,
    CamembertModel,
    RobertaConfig,
    RobertaModel,
    XLMRobertaConfig,
    XLMRobertaModel,
)

SIZES = dict(
    vocab_size=96,
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=48,
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
    attn_implementation="eager",
)
ROBERTA = dict(SIZES, type_vocab_size=1, max_position_embeddings=40, layer_norm_eps=1e-5, pad_token_id=1)
BERT = dict(SIZES, type_vocab_size=2, max_position_embeddings=32)

# Prefix, content, suffix of each window are the test's: first 5, last 6. 1 is RoBERTa's padding id, here inside of a text.
WINDOWS = [[5, 7, 8, 9, 10, 6], [5, 6], [5] + list(range(20, 48)) + [6], [5, 1, 30, 1, 31, 95, 6]]

MODELS = {
    "bert": (BertModel, BertConfig(**BERT), torch.float32),
    "bert-tanh": (BertModel, BertConfig(**BERT, hidden_act="gelu_new"), torch.float32),
    "bert-relu": (BertModel, BertConfig(**BERT, hidden_act="relu"), torch.float32),
    "bert-head": (BertForMaskedLM, BertConfig(**BERT), torch.float32),
    "bert-float16": (BertModel, BertConfig(**BERT), torch.float16),
    "roberta": (RobertaModel, RobertaConfig(**ROBERTA), torch.float32),
    "xlm-roberta": (XLMRobertaModel, XLMRobertaConfig(**ROBERTA), torch.bfloat16),
    "camembert": (CamembertModel, CamembertConfig(**ROBERTA), torch.float32),
}


def randomise(model):
    """Everything, norms and biases too, far from the symmetric start of training."""
    for name, parameter in model.named_parameters():
        with torch.no_grad():
            parameter.normal_(1.0 if name.endswith("LayerNorm.weight") else 0.0, 0.25)


def states(encoder, window, padding):
    """Of the window's own tokens, behind it two columns of padding."""
    ids = torch.tensor([window + [padding] * 2])
    mask = torch.tensor([[1] * len(window) + [0] * 2])
    with torch.no_grad():
        return encoder(input_ids=ids, attention_mask=mask).last_hidden_state[0, : len(window)]


def write(folder, kind, config, dtype, seed):
    torch.manual_seed(seed)
    model = kind(config).eval()
    randomise(model)
    # The reference has the rounded weights in float32.
    model = model.to(dtype).float()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tensors = {name: value.to(dtype).contiguous() for name, value in model.state_dict().items() if value.is_floating_point()}
    tensors = {name: value.clone() for name, value in tensors.items() if "decoder" not in name}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(config.to_json_string())
    encoder = getattr(model, model.base_model_prefix, model)
    padding = config.pad_token_id if config.model_type != "bert" else 0
    reference = [
        {"window": window, "states": [[round(value, 7) for value in row] for row in states(encoder, window, padding).tolist()]}
        for window in WINDOWS
    ]
    (folder / "states.json").write_text(json.dumps(reference))
    return encoder


class Graph(torch.nn.Module):
    """The exporter passes arguments by place."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids, mask, types):
        return self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state


def export(encoder, file):
    file.parent.mkdir()
    ids = torch.tensor([WINDOWS[0]])
    torch.onnx.export(
        Graph(encoder),
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(file),
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "n", 1: "t"} for name in ("input_ids", "attention_mask", "token_type_ids")},
        opset_version=17,
        dynamo=False,
    )


def main(target):
    for seed, (name, (kind, config, dtype)) in enumerate(MODELS.items()):
        encoder = write(target / name, kind, config, dtype, 4000 + seed)
        if name == "bert":
            export(encoder, target / name / "onnx" / "model.onnx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
