# SPDX-License-Identifier: Apache-2.0
"""Times sentence-transformers' encode on the texts of a file, on the weights of our own model.

Reads batch sizes from standard input, one a line, and answers each with the seconds that one pass
over all texts took. The model is built as for the golden embeddings: nothing is downloaded.

Usage: python sentence_transformers_rate.py MODEL_DIRECTORY TEXTS_JSON
"""

import json
import os
import sys
import time

GOLDEN = "../../test/resources/golden/embedding"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), GOLDEN))

from make_golden import reference  # noqa: E402


def main():
    model, _ = reference(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        texts = json.load(file)
    print("ready", flush=True)
    for line in sys.stdin:
        begin = time.perf_counter()
        model.encode(texts, batch_size=int(line), show_progress_bar=False)
        print(time.perf_counter() - begin, flush=True)


if __name__ == "__main__":
    main()
