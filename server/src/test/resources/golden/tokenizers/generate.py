# SPDX-License-Identifier: Apache-2.0
"""Makes the tiny tokenizers of this folder and their ids of degenerate texts (see README.md)."""

import hashlib
import json
import os
import pathlib
import random
import string
import struct

os.environ["TOKENIZERS_PARALLELISM"] = "false"

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SEED = 20261121
CHARACTERS = 20_000
HERE = pathlib.Path(__file__).resolve().parent
QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CORPUS = [
    "Seven apples cost 14 dollars, so one apple costs 14 / 7 = 2 dollars.",
    "The quick brown fox jumps over the lazy dog, and the dog doesn't mind.",
    "So 3 * 4 = 12, and 12 - 5 = 7. The answer is 7.",
    "Let x be the number of hours; then 60x = 180 and therefore x = 3.",
    "def area(width, height):\n    if width < 0:\n        raise ValueError(width)\n    return width * height\n",
    "for i in range(1000000):\n        total += i\n\n\nprint(total)\n",
    "She sells the remainder at the farmers' market daily for 2 dollars per egg.",
    "\u00fcber die Stra\u00dfe gehen; o\u00f9 est la biblioth\u00e8que? \u00bfd\u00f3nde est\u00e1?",
    "\u6211 \u4eec \u5b66\u4e60 \u6570\u5b66\u3002 \u4f60\u597d \u6211\u6211\u6211\u6211",
    "xxxxxxxxxxxxxxxx aaaaaaaa zzzz 0000 7777 77777777 ======== -------- ........",
    "Hmmmmmm, sooooooo what? e\u0301\u0301\u0301\u0301 \U0001f600\U0001f600",
]


def trained(made: Tokenizer, trainer: object) -> dict:
    made.train_from_iterator(CORPUS * 4, trainer)
    return json.loads(made.to_str())["model"]


def byte_level_bpe(normalizer: object, pre_tokenizer: object) -> Tokenizer:
    made = Tokenizer(models.BPE())
    if normalizer:
        made.normalizer = normalizer
    made.pre_tokenizer = pre_tokenizer
    made.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trained(made, trainers.BpeTrainer(vocab_size=420, initial_alphabet=alphabet, show_progress=False))
    return made


def gpt2() -> Tokenizer:
    return byte_level_bpe(None, pre_tokenizers.ByteLevel(add_prefix_space=False))


def qwen() -> Tokenizer:
    made = byte_level_bpe(
        normalizers.NFC(),
        pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(QWEN), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        ),
    )
    made.add_special_tokens(["<|endoftext|>"])
    end = made.token_to_id("<|endoftext|>")
    made.post_processor = processors.TemplateProcessing(
        single="$A <|endoftext|>", special_tokens=[("<|endoftext|>", end)]
    )
    return made


def metaspace_pieces() -> tuple[list[str], list[tuple[str, str]]]:
    """Pieces, the most useful first, and the merges that make them."""
    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.Metaspace()
    learned = trained(plain, trainers.BpeTrainer(vocab_size=260, show_progress=False))
    pieces = sorted(learned["vocab"], key=learned["vocab"].get)
    return pieces, [tuple(merge) for merge in learned["merges"]]


def xlm_r() -> Tokenizer:
    """Unigram; its scores are made up, because the library's own training has ties it breaks at random."""
    pieces, _ = metaspace_pieces()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    scores = [(piece, -5.0 - rank / 128 + len(piece)) for rank, piece in enumerate(pieces)]
    made = Tokenizer(models.Unigram([(piece, 0.0) for piece in special] + scores, unk_id=3))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    made.decoder = decoders.Metaspace()
    made.add_special_tokens(special)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def llama() -> Tokenizer:
    """As in Llama 2: the whole text is one word, and unknown characters fall back to bytes."""
    pieces, merges = metaspace_pieces()
    vocabulary = ["<unk>", "<s>", "</s>", *[f"<0x{byte:02X}>" for byte in range(256)], *pieces]
    made = Tokenizer(
        models.BPE(
            vocab={piece: number for number, piece in enumerate(vocabulary)},
            merges=merges,
            unk_token="<unk>",
            fuse_unk=True,
            byte_fallback=True,
            ignore_merges=False,
        )
    )
    made.add_special_tokens(["<unk>", "<s>", "</s>"])
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    made.decoder = decoders.Metaspace(prepend_scheme="first", split=False)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    return made


def units() -> dict[str, str]:
    chosen = random.Random(SEED)
    return {
        "letter": "x",
        "digit": "7",
        "sign": "=",
        "space": " ",
        "line feed": "\n",
        "spaces, line feed": "   \n",
        "combining mark": "\u0301",
        "combining marks of two classes": "\u0301\u0323",
        "letter, combining mark": "e\u0301",
        "CJK character": "\u6211",
        "emoji joined": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d",
        "byte fallback": "\U0001f9ff",
        "sharp s": "\u00df",
        "ligature of 18": "\ufdfa",
        "letters at random": "".join(chosen.choices(string.ascii_lowercase, k=1000)),
        "words": "The answer is 42 apples, ",
    }


def digest(ids: list[int]) -> dict:
    return {
        "count": len(ids),
        "sha256": hashlib.sha256(struct.pack(f"<{len(ids)}q", *ids)).hexdigest(),
    }


def main() -> None:
    tokenizers = {"gpt2": gpt2(), "qwen": qwen(), "xlm_r": xlm_r(), "llama": llama()}
    for name, made in tokenizers.items():
        made.save(str(HERE / f"{name}.json"), pretty=False)
    tokenizers["word_piece"] = Tokenizer.from_file(str(HERE.parent / "models/bert/tokenizer.json"))
    references = {
        "characters": CHARACTERS,
        "units": units(),
        "ids": {
            name: {
                kind: digest(
                    made.encode(unit * (CHARACTERS // len(unit)), add_special_tokens=False).ids
                )
                for kind, unit in units().items()
            }
            for name, made in tokenizers.items()
        },
    }
    (HERE / "references.json").write_text(json.dumps(references, indent=1) + "\n")


if __name__ == "__main__":
    main()
