// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.TokenIds;

/**
 * One window that waits for the model.
 *
 * @param text whose window it is
 * @param index among the text's windows
 * @param content without special tokens
 * @param paddedLength special tokens and padding included
 * @param since when it began to wait, in the ticker's nanoseconds
 */
record PendingWindow(PendingText text, int index, TokenIds content, int paddedLength, long since) {
  PendingRequest request() {
    return text.request();
  }

  /** False once nobody waits for it: its request has ended, or its text has, by another window. */
  boolean isWanted() {
    return !request().isAbandoned() && !text.hasEnded();
  }
}
