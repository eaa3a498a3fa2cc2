// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** What happens to a text of more tokens than the model's window. */
public enum TruncationPolicy {
  /** Embed window by window and average by token count: nothing is left out. */
  CHUNK_MEAN,
  /** Refuse the text. */
  ERROR,
  /** Embed the first window only. */
  KEEP_HEAD,
  /** Embed the last window only. */
  KEEP_TAIL
}
