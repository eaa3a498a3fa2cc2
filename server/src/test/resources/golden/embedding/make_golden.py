# SPDX-License-Identifier: Apache-2.0
"""Makes the reference embeddings of this folder with sentence-transformers.

The weights are those of the ONNX file that the server runs: nothing is downloaded.

    python make_golden.py MODEL_DIRECTORY GSM8K_JSONL HUMANEVAL_JSONL [OUT_DIRECTORY]
"""

import hashlib
import json
import os
import re
import sys
import tempfile
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

WINDOW = 256
WITH_IDS = {"empty", "one_character", "emoji", "cjk", "special_tokens", "combining_marks", "rtl", "gsm8k_0"}


def bert(onnx_path):
    """The BertModel whose weights are the initialisers of an ONNX file."""
    graph = onnx.load(onnx_path).graph
    initialisers = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {k: v for k, v in initialisers.items() if k.startswith(("embeddings.", "encoder."))}
    for node in graph.node:
        # The exporter folded each Linear into a MatMul with the transposed weight.
        if node.op_type == "MatMul" and node.input[1] in initialisers:
            name = re.sub(r"/MatMul(_\d+)?$", "", node.name).strip("/").replace("/", ".")
            state[name + ".weight"] = initialisers[node.input[1]].T
    state.pop("embeddings.position_ids", None)
    layers = 1 + max(int(m.group(1)) for m in (re.search(r"layer\.(\d+)\.", k) for k in state) if m)
    vocabulary, hidden = state["embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=state["encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=state["embeddings.position_embeddings.weight"].shape[0],
        hidden_act="gelu",
        layer_norm_eps=1e-12,
    )
    model = BertModel(config, add_pooling_layer=False)
    # strict: a weight that is missing or left over is an error.
    model.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in state.items()}, strict=True)
    return model.eval()


def reference(directory):
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=os.path.join(directory, "tokenizer.json"),
        unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", mask_token="[MASK]",
        model_max_length=512,
    )
    with tempfile.TemporaryDirectory() as folder:
        bert(os.path.join(directory, "onnx", "model.onnx")).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        transformer = Transformer(folder, max_seq_length=WINDOW)
    pooling = Pooling(transformer.get_embedding_dimension(), "mean")
    return SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu"), tokenizer


def content_ids(tokenizer, text):
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    return tokenizer.backend_tokenizer.encode(text, add_special_tokens=False).ids


def normalise(vector):
    return vector / np.linalg.norm(vector)


def window_mean(model, tokenizer, ids):
    """Mean over the real tokens of all windows of [CLS] + at most WINDOW - 2 tokens + [SEP], length 1."""
    step = WINDOW - 2
    total, count = 0.0, 0
    for start in range(0, max(1, len(ids)), step):
        window = [tokenizer.cls_token_id, *ids[start : start + step], tokenizer.sep_token_id]
        batch = torch.tensor([window])
        with torch.no_grad():
            output = model[0].auto_model(input_ids=batch, attention_mask=torch.ones_like(batch))
        total = total + output.last_hidden_state[0].double().sum(0).numpy()
        count += len(window)
    return normalise(total / count)


def rollouts(path, groups, each):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number in groups:
                for rollout in json.loads(line)["rollouts"][:each]:
                    yield rollout["text"]


def texts(gsm8k, humaneval):
    real = [(f"gsm8k_{i}", t) for i, t in enumerate(rollouts(gsm8k, set(range(0, 1000, 25)), 4))]
    real += [(f"humaneval_{i}", t) for i, t in enumerate(rollouts(humaneval, set(range(0, 49, 4)), 4))]
    essay = " ".join(t for _, t in real)
    assert len(essay) > 10_000
    nasty = {
        "empty": "",
        "one_character": "a",
        "one_digit": "7",
        "one_space": " ",
        "whitespace_only": " \t\r\n\u00a0\u2003 \n",
        "nul": "a\x00b \x00",
        "control_characters": "a\x01b\x7fc\u200bd\ufeffe\u200ef",
        "replacement_character": "a\ufffdb",
        "emoji": "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea 3\ufe0f\u20e3",
        "cjk": "\u6211\u7684\u7b54\u6848\u662f42\u3002 \u65e5\u672c\u8a9e\u306e\u30c6\u30b9\u30c8 \ud55c\uad6d\uc5b4",
        "cjk_beyond_bmp": "\U00020000\U0002a6d6 x",
        "rtl": "\u0627\u0644\u062c\u0648\u0627\u0628 \u0647\u0648 42 \u05e9\u05dc\u05d5\u05dd",
        "combining_marks": "e\u0301a\u0308o\u0302 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324",
        "precomposed": "\u00e9\u00e4\u00f4 \u0130stanbul \ufb01ne \u00df \u1e9e",
        "thai_devanagari": "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22 \u0939\u093f\u0928\u094d\u0926\u0940",
        "special_tokens": "[CLS] one [SEP] two [PAD] [MASK] [UNK] [sep] [ SEP ]",
        "upper_case": "THE ANSWER IS FORTY-TWO",
        "punctuation": "!?.,;:'\"`~@#$%^&*()_+-=[]{}|\\/<> \u2014\u2026\u00ab\u00bb\u20ac",
        "mathematics": "\u222b\u2080^\u221e e^{-x\u00b2} dx = \u221a\u03c0/2; \u2200x\u2208\u211d",
        "latex": r"\frac{1}{2}\boxed{42} $x_{i+1}$",
        "calculator": "16-3=<<16-3=13>>13",
        "url": "https://example.org/a/b?c=d&e=%20f#g",
        "long_word_100": "a" * 100,
        "long_word_101": "a" * 101,
        "repeated_character": "x" * 5_000,
        "repeated_word": "the " * 2_000,
        "repeated_digit_words": "7 " * 254,
        "one_over_the_window": "7 " * 255,
        "two_windows_exactly": "7 " * 508,
        "repeated_cjk": "\u6211" * 1_000,
        "combining_run": "a" + "\u0301" * 3_000,
        "newlines": "a\n" * 50,
        "ten_thousand_characters": essay[:10_000],
    }
    return [*real, *nasty.items()]


def fingerprint(directory):
    """As server/docs/models.md defines it, for a folder with no more than these files."""
    def digest(*path):
        with open(os.path.join(directory, *path), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return hashlib.sha256(
        f"model {digest('onnx', 'model.onnx')}\ntokenizer {digest('tokenizer.json')}\n"
        f"max_input_tokens {WINDOW}\npooling mean\nnormalisation l2\n"
        f"config {digest('config.json')}\n".encode()
    ).hexdigest()


def write_self_test(path, directory, model):
    """What the server compares itself with at start."""
    texts = ["The answer is 42.", "She has 16 - 3 = <<16-3=13>>13 eggs left."]
    embeddings = {t: [float(f"{v:.7f}") for v in model.encode(t, convert_to_numpy=True)] for t in texts}
    with open(path, "w", encoding="ascii", newline="\n") as file:
        json.dump({"fingerprint": fingerprint(directory), "embeddings": embeddings}, file)
        file.write("\n")


def main():
    directory, gsm8k, humaneval = sys.argv[1:4]
    out = sys.argv[4] if len(sys.argv) > 4 else os.path.dirname(os.path.abspath(__file__))
    model, tokenizer = reference(directory)
    cases, chunk_mean, keep_head = [], [], []
    for name, text in texts(gsm8k, humaneval):
        ids = content_ids(tokenizer, text)
        case = {"name": name, "text": text, "tokens": len(ids) + 2}
        if name in WITH_IDS:
            case["ids"] = ids
        mean = window_mean(model, tokenizer, ids)
        plain = model.encode(text, convert_to_numpy=True).astype(np.float64)
        if len(ids) + 2 <= WINDOW:
            # The published pipeline and the sum of windows are the same thing here.
            assert np.dot(mean, normalise(plain)) > 1 - 1e-6, name
            mean = plain
        else:
            case["long"] = True
            keep_head.append(plain)
        chunk_mean.append(mean)
        cases.append(case)
    with open(os.path.join(out, "texts.json"), "w", encoding="ascii", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    np.save(os.path.join(out, "chunk_mean.npy"), np.asarray(chunk_mean, "<f4"))
    np.save(os.path.join(out, "keep_head.npy"), np.asarray(keep_head, "<f4"))
    write_self_test(os.path.join(out, "self_test.json"), directory, model)
    print(len(cases), "texts,", len(keep_head), "longer than the window")
    print(", ".join(f"{p} {version(p)}" for p in ("sentence-transformers", "transformers", "tokenizers", "torch", "onnx", "numpy")))


if __name__ == "__main__":
    main()
