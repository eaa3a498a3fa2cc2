// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** What became of one {@link TextTask}. */
public sealed interface TextOutcome {

  /**
   * The text was embedded.
   *
   * @param embedding of Euclidean length 1
   * @param tokens of the whole text, special tokens included
   * @param truncatedTokens how many of them are not in the embedding
   */
  record Embedded(Embedding embedding, int tokens, int truncatedTokens) implements TextOutcome {}

  /**
   * The text has more tokens than the window, and its policy is {@link TruncationPolicy#ERROR}.
   *
   * @param tokens of the whole text, special tokens included
   * @param maxTokens of one window, special tokens included
   */
  record TooLong(int tokens, int maxTokens) implements TextOutcome {}
}
