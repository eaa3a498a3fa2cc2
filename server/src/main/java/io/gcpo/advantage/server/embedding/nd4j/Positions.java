// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.OptionalInt;

/**
 * Which row of the table of positions a token gets. BERT counts from 0. RoBERTa (Liu et al., arXiv
 * 1907.11692, as in fairseq and transformers) counts from behind its padding id, and gives a token
 * with that id, wherever it stands, that very row and no count.
 *
 * @param rows of the table
 * @param padding RoBERTa's padding id; empty for BERT
 */
record Positions(int rows, OptionalInt padding) {

  /** Tokens of the longest window. */
  int longest() {
    return padding.isEmpty() ? rows : rows - padding.getAsInt() - 1;
  }

  /** For each token of {@code batch}, row-major; columns that hold no token get some row. */
  int[] of(WindowBatch batch) {
    int[] positions = new int[batch.size() * batch.paddedLength()];
    for (int window = 0; window < batch.size(); window++) {
      int start = window * batch.paddedLength();
      int next = padding.isEmpty() ? 0 : padding.getAsInt() + 1;
      for (int i = 0; i < batch.length(window); i++) {
        boolean counts = padding.isEmpty() || batch.token(window, i) != padding.getAsInt();
        positions[start + i] = counts ? next++ : padding.getAsInt();
      }
    }
    return positions;
  }
}
