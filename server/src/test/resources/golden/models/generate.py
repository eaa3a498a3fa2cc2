# SPDX-License-Identifier: Apache-2.0
"""Makes the tiny random models of this folder and their reference embeddings (see README.md)."""

import json
import pathlib
import shutil
import string
import sys
import tempfile

import numpy
import sentence_transformers.base.modules as base_modules
import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

SEED = 20261121
HIDDEN = 16
WINDOW = 48
TEXTS = [
    "",
    "a",
    "Seven apples cost 14 dollars.",
    "def f(x): return x + 1",
    "So 3 * 4 = 12, and 12 - 5 = 7.",
    "the quick brown fox",
    "\u00fcber \u4f60\u597d",
]
HERE = pathlib.Path(__file__).resolve().parent


def word_pieces() -> list[str]:
    signs = string.ascii_lowercase + string.digits
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *signs, *["##" + s for s in signs], *string.punctuation]


def tokenizer(template: str) -> Tokenizer:
    vocabulary = {piece: number for number, piece in enumerate(word_pieces())}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=32))
    made.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single=template, special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def bert() -> torch.nn.Module:
    return transformers.BertModel(
        transformers.BertConfig(
            vocab_size=len(word_pieces()),
            hidden_size=HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=24,
            max_position_embeddings=WINDOW,
            initializer_range=0.5,
            attn_implementation="eager",
        ),
        add_pooling_layer=False,
    )


def modern_bert() -> torch.nn.Module:
    return transformers.ModernBertModel(
        transformers.ModernBertConfig(
            vocab_size=len(word_pieces()),
            hidden_size=HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=24,
            max_position_embeddings=WINDOW,
            local_attention=8,
            initializer_range=0.5,
            pad_token_id=0,
            attn_implementation="eager",
        )
    )


def qwen3() -> torch.nn.Module:
    return transformers.Qwen3Model(
        transformers.Qwen3Config(
            vocab_size=len(word_pieces()),
            hidden_size=HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
            head_dim=8,
            intermediate_size=24,
            max_position_embeddings=WINDOW,
            initializer_range=0.5,
            use_cache=False,
            pad_token_id=0,
            attn_implementation="eager",
        )
    )


def roberta() -> torch.nn.Module:
    return transformers.RobertaModel(
        transformers.RobertaConfig(
            vocab_size=len(word_pieces()),
            hidden_size=HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=24,
            max_position_embeddings=WINDOW + 1,
            type_vocab_size=1,
            pad_token_id=0,
            initializer_range=0.5,
            attn_implementation="eager",
        ),
        add_pooling_layer=False,
    )


class Export(torch.nn.Module):
    """The forward pass of a model whose inputs come by position."""

    def __init__(self, model: torch.nn.Module, inputs: list[str], pooled: bool):
        super().__init__()
        self.model = model
        self.inputs = inputs
        self.pooled = pooled

    def forward(self, *values):
        named = dict(zip(self.inputs, values))
        states = self.model(**named).last_hidden_state
        if not self.pooled:
            return states
        mask = named["attention_mask"].unsqueeze(-1).to(states.dtype)
        return (states * mask).sum(1) / mask.sum(1)


def export(model, inputs, output, file: pathlib.Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(4, len(word_pieces()), (2, 11))
    values = {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "token_type_ids": torch.zeros_like(ids),
        "position_ids": torch.arange(11).repeat(2, 1),
    }
    values["attention_mask"][1, 7:] = 0
    axes = {0: torch.export.Dim("n", min=1, max=512), 1: torch.export.Dim("length", min=2, max=WINDOW)}
    torch.onnx.export(
        Export(model, inputs, output == "sentence_embedding").eval(),
        tuple(values[name] for name in inputs),
        file,
        input_names=inputs,
        output_names=[output],
        dynamic_shapes=(tuple(axes for _ in inputs),),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    strip(file)


def strip(file: pathlib.Path) -> None:
    """Leaves out what the exporter says about the source, which is most of a tiny model."""
    import onnx

    model = onnx.load(file)
    model.graph.ClearField("value_info")
    model.graph.ClearField("metadata_props")
    model.ClearField("metadata_props")
    for part in (*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for function in model.functions:
        for node in function.node:
            node.ClearField("metadata_props")
            node.ClearField("doc_string")
    onnx.save(model, file)


ARCHITECTURES = {
    "bert": (bert, "[CLS] $A [SEP]", ["input_ids", "attention_mask", "token_type_ids"]),
    "modern_bert": (modern_bert, "[CLS] $A [SEP]", ["input_ids", "attention_mask"]),
    "roberta": (roberta, "[CLS] $A [SEP]", ["input_ids", "attention_mask"]),
    "qwen3": (qwen3, "$A [SEP]", ["input_ids", "attention_mask", "position_ids"]),
}
LEGACY = {
    "cls": "pooling_mode_cls_token",
    "max": "pooling_mode_max_tokens",
    "mean": "pooling_mode_mean_tokens",
    "mean_sqrt_len_tokens": "pooling_mode_mean_sqrt_len_tokens",
    "weightedmean": "pooling_mode_weightedmean_tokens",
    "lasttoken": "pooling_mode_lasttoken",
}


def dense(inputs: int, outputs: int, bias: bool, activation: torch.nn.Module):
    return base_modules.Dense(inputs, outputs, bias, activation)


def main() -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    work = pathlib.Path(tempfile.mkdtemp())
    transformer = {}
    for name, (make, template, inputs) in ARCHITECTURES.items():
        model = make().eval()
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        tokenizer(template).save(str(folder / "tokenizer.json"), pretty=False)
        (folder / "sentence_bert_config.json").write_text(f'{{"max_seq_length": {WINDOW}}}\n')
        export(model, inputs, "last_hidden_state", folder / "onnx" / "model.onnx")
        model.save_pretrained(work / name)
        transformers.PreTrainedTokenizerFast(
            tokenizer_object=tokenizer(template),
            pad_token="[PAD]",
            unk_token="[UNK]",
            model_input_names=[i for i in inputs if i != "position_ids"],
        ).save_pretrained(work / name)
        transformer[name] = Transformer(str(work / name), max_seq_length=WINDOW)
    folder = HERE / "bert_pooled"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "bert", folder)
    encoder = transformer["bert"].auto_model
    export(encoder, ARCHITECTURES["bert"][2], "sentence_embedding", folder / "onnx" / "model.onnx")

    identity, tanh = torch.nn.Identity(), torch.nn.Tanh()
    # name, architecture, pooling, modules behind it, prompt, old style of the pooling's settings
    cases = [
        ("mean", "bert", "mean", [], "", False),
        ("cls", "bert", "cls", [Normalize()], "", True),
        ("max", "bert", "max", [], "", True),
        ("lasttoken", "bert", "lasttoken", [], "", True),
        ("weightedmean", "bert", "weightedmean", [], "", True),
        ("meansqrt", "bert", "mean_sqrt_len_tokens", [dense(16, 8, True, tanh)], "", True),
        ("roberta", "roberta", "mean", [], "", False),
        ("concatenated", "bert", ("cls", "mean"), [], "", True),
        ("listed", "bert", ("weightedmean", "max"), [], "", False),
        ("dense_tanh", "bert", "mean", [dense(16, 8, True, tanh), Normalize()], "", True),
        ("dense_identity", "bert", "cls", [dense(16, 24, False, identity)], "", False),
        ("two_dense", "bert", "mean", [dense(16, 12, True, tanh), Normalize(), dense(12, 6, True, tanh)], "", False),
        ("prompt", "bert", "mean", [Normalize()], "query: ", False),
        ("modern_bert", "modern_bert", "cls", [Normalize()], "", False),
        ("qwen3", "qwen3", "lasttoken", [Normalize()], "", False),
        ("pooled", "bert_pooled", "mean", [], "", False),
    ]
    shutil.rmtree(HERE / "cases", ignore_errors=True)
    references = {}
    for name, architecture, mode, behind, prompt, legacy in cases:
        pooling = Pooling(HIDDEN, mode)
        first = transformer[architecture.removesuffix("_pooled")]
        whole = SentenceTransformer(modules=[first, pooling, *behind], device="cpu")
        vectors = whole.encode(TEXTS, prompt=prompt or None, normalize_embeddings=True, batch_size=1)
        references[name] = {
            "architecture": architecture,
            "embeddings": numpy.asarray(vectors, dtype=numpy.float32).tolist(),
        }
        write_case(HERE / "cases" / name, pooling, mode, behind, prompt, legacy)
    (HERE / "references.json").write_text(
        json.dumps({"texts": TEXTS, "cases": references}, separators=(",", ":")) + "\n"
    )
    shutil.rmtree(work)


def write_case(folder, pooling, mode, behind, prompt, legacy) -> None:
    (folder / "1_Pooling").mkdir(parents=True)
    if legacy:
        modes = (mode,) if isinstance(mode, str) else mode
        settings = {"word_embedding_dimension": HIDDEN}
        settings.update({key: name in modes for name, key in LEGACY.items()})
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(settings, indent=2) + "\n")
        prefix = "sentence_transformers.models."
    else:
        pooling.save(str(folder / "1_Pooling"))
        prefix = None
    listed = []
    for number, module in enumerate([None, pooling, *behind]):
        kind = "Transformer" if module is None else type(module).__name__
        path = "" if module is None else f"{number}_{kind}"
        where = Transformer.__module__ if module is None else type(module).__module__
        listed.append(
            {
                "idx": number,
                "name": str(number),
                "path": path,
                "type": f"{prefix}{kind}" if prefix else f"{where}.{kind}",
            }
        )
        if kind == "Dense":
            (folder / path).mkdir()
            module.save(str(folder / path))
    (folder / "modules.json").write_text(json.dumps(listed, indent=2) + "\n")
    if prompt:
        (folder / "config_sentence_transformers.json").write_text(
            json.dumps({"prompts": {"query": prompt, "document": ""}, "default_prompt_name": None}) + "\n"
        )


if __name__ == "__main__":
    sys.exit(main())
