# SPDX-License-Identifier: Apache-2.0
"""Writes diversity.json: what NumPy, NLTK and exact fractions make of the diversity metrics.

Nothing here shares a method with the server: eigenvalues come from the singular values of the
embeddings, BLEU from NLTK (and once more from sacrebleu), pass@k from binomial coefficients.

Usage: python generate.py > diversity.json
"""

import json
import logging
import math
import pathlib
import unicodedata
from fractions import Fraction

import numpy as np
import sacrebleu
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu

SEED = 20260918
SETS = 32
NEGLIGIBLE = 1e-12


def unit_rows(embeddings):
    """Rows of length 1; a zero row gets a dimension of its own, where it is like no other."""
    x = embeddings.astype(np.float64)
    norms = np.linalg.norm(x, axis=1)
    unit = np.divide(x, norms[:, None], out=np.zeros_like(x), where=norms[:, None] > 0)
    return np.hstack([unit, np.diag((norms == 0).astype(float))])


def entropy(p):
    return -math.fsum(x * math.log(x) for x in p if x > 0)


def components(linked):
    label = list(range(len(linked)))
    for i in range(len(linked)):
        for j in range(i):
            if linked[i, j]:
                label = [label[j] if x == label[i] else x for x in label]
    return [label.count(x) for x in sorted(set(label))]


def of_kernel(embeddings, threshold):
    n = len(embeddings)
    x = unit_rows(embeddings)
    kernel = x @ x.T
    sigma = np.linalg.svd(x, compute_uv=False)
    shares = sigma**2 / n
    assert np.all((shares < 1e-13) | (shares > 1e-9)), "a share near the limit"
    sigma = sigma[shares > NEGLIGIBLE]
    shares = shares[shares > NEGLIGIBLE]
    distances = 1 - kernel[~np.eye(n, dtype=bool)]
    for limit in (threshold, 1 - 1e-6):
        assert np.all(np.abs(1 - distances - limit) > 1e-9), "a similarity near a threshold"
    sizes = components(kernel >= threshold)
    volume = float(np.sum(np.log1p(sigma**2)))
    return {
        "vendi": {
            "half": float(np.sum(np.sqrt(shares)) ** 2),
            "one": math.exp(entropy(shares)),
            "two": float(1 / np.sum(shares**2)),
            "infinity": float(1 / np.max(shares)),
        },
        "distance": {
            "mean": float(distances.mean()) if n > 1 else 0.0,
            "min": float(distances.min()) if n > 1 else 0.0,
            "max": float(distances.max()) if n > 1 else 0.0,
        },
        "log_det": volume,
        "effective_count": volume / math.log(2),
        "effective_rank": math.exp(entropy(sigma / sigma.sum())),
        "distinct": len(components(kernel >= 1 - 1e-6)),
        "clusters": {"count": len(sizes), "entropy": entropy([s / n for s in sizes])},
    }


def random_embeddings(random, index):
    n = int(random.integers(1, 17)) if index else 1
    d = [2, 3, 8, 24][index % 4]
    kind = ["random", "clustered", "near", "zero", "positive"][index % 5]
    x = random.standard_normal((n, d))
    if kind == "clustered":
        x = random.standard_normal((3, d))[random.integers(0, 3, n)]
    if kind == "near":
        x = random.standard_normal(d) + 10.0 ** -random.integers(1, 3) * x
    if kind == "zero":
        x[random.integers(0, n, 2)] = 0
    if kind == "positive":
        x = np.abs(x)
    return x.astype(np.float32)


def is_of_word(character):
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def tokens(text):
    found = []
    in_word = False
    for character in text:
        if is_of_word(character):
            if in_word:
                found[-1] += character
            else:
                found.append(character)
            in_word = True
        else:
            in_word = False
            if not (character.isspace() or unicodedata.category(character)[0] == "Z"):
                found.append(character)
    return found


def distinct_n(tokenised, n):
    grams = [tuple(t[k : k + n]) for t in tokenised for k in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def bleu(references, hypothesis):
    score = sentence_bleu(
        references, hypothesis, smoothing_function=SmoothingFunction().method1
    )
    if len(hypothesis) >= 4 and set(hypothesis) & {t for r in references for t in r}:
        second = sacrebleu.sentence_bleu(
            " ".join(hypothesis),
            [" ".join(r) for r in references],
            tokenize="none",
            smooth_method="floor",
            smooth_value=0.1,
            use_effective_order=False,
        )
        assert abs(second.score / 100 - score) < 1e-9, (second.score, score)
    return float(score)


def of_texts(texts):
    tokenised = [tokens(t) for t in texts]
    scores = [
        bleu(tokenised[:i] + tokenised[i + 1 :], t) if len(texts) > 1 else 0.0
        for i, t in enumerate(tokenised)
    ]
    return {
        "tokens": tokenised,
        "distinct_n": [distinct_n(tokenised, n) for n in (1, 2, 3)],
        "self_bleu": math.fsum(scores) / len(scores),
        "unique": len(set(texts)) / len(texts),
    }


def pass_at_k(n, c, k):
    return float(1 - Fraction(math.comb(n - c, k), math.comb(n, k)))


def main():
    # sacrebleu would rather not smooth whole sentences this way; it is only a second opinion here.
    logging.getLogger("sacrebleu").setLevel(logging.ERROR)
    random = np.random.default_rng(SEED)
    kernels = []
    for index in range(SETS):
        embeddings = random_embeddings(random, index)
        threshold = [0.9, 0.5, 0.75, 0.99][index // 5 % 4]
        kernels.append(
            {
                "embeddings": [[float(v) for v in row] for row in embeddings],
                "threshold": threshold,
                "expected": of_kernel(embeddings, threshold),
            }
        )
    sets = json.loads(pathlib.Path(__file__).with_name("texts.json").read_text("utf-8"))["sets"]
    texts = [{"name": s["name"], "expected": of_texts(s["texts"])} for s in sets]
    passes = [
        [n, c, k, pass_at_k(n, c, k)]
        for n in (1, 2, 5, 8, 64, 200)
        for c in sorted({0, 1, n // 3, n - 1, n})
        for k in (1, 2, 4, 8, 50, 200)
        if k <= n
    ]
    print(f'{{"seed": {SEED},\n"kernels": [')
    print(",\n".join(json.dumps(k) for k in kernels))
    print('],\n"texts": [')
    print(",\n".join(json.dumps(t, ensure_ascii=False) for t in texts))
    print('],\n"pass_at_k": [')
    print(",\n".join(json.dumps(p) for p in passes))
    print("]}")


if __name__ == "__main__":
    main()
