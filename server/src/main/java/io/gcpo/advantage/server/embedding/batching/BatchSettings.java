// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.pooling.SentenceHead;

/**
 * How batches are made.
 *
 * @param specialTokens around each window
 * @param maxInputTokens of one window, special tokens included
 * @param head makes an embedding of the states of tokens
 * @param lengthBucket a window is padded to a multiple of this, but not beyond maxInputTokens
 */
record BatchSettings(
    SpecialTokens specialTokens, int maxInputTokens, SentenceHead head, int lengthBucket) {

  /** Columns for a window of {@code contentTokens}: a function of its own length alone. */
  int paddedLength(int contentTokens) {
    int length = contentTokens + specialTokens.count();
    int padded = (length + lengthBucket - 1) / lengthBucket * lengthBucket;
    return Math.min(padded, maxInputTokens);
  }
}
