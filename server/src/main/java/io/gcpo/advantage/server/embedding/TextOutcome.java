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
   * @param cached whether the embedding was known before, so that no token went through the model
   */
  record Embedded(Embedding embedding, int tokens, int truncatedTokens, boolean cached)
      implements TextOutcome {

    /** The same, known before. */
    public Embedded asCached() {
      return new Embedded(embedding, tokens, truncatedTokens, true);
    }

    /** How many tokens went through the model for it. */
    public int computedTokens() {
      return cached ? 0 : tokens - truncatedTokens;
    }
  }

  /**
   * The text has more tokens than the window, and its policy is {@link TruncationPolicy#ERROR}.
   *
   * @param tokens of the whole text, special tokens included
   * @param maxTokens of one window, special tokens included
   */
  record TooLong(int tokens, int maxTokens) implements TextOutcome {}
}
