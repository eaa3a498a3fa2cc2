// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** What became of one {@link TextTask} or {@link DigestTask}. */
public sealed interface TextOutcome {

  /** How many tokens are in its embedding; 0 where there is none. */
  default int usedTokens() {
    return 0;
  }

  /** How many tokens went through the model for it. */
  default int computedTokens() {
    return 0;
  }

  /** The same, known before. */
  default TextOutcome asCached() {
    return this;
  }

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

    @Override
    public int usedTokens() {
      return tokens - truncatedTokens;
    }

    @Override
    public int computedTokens() {
      return cached ? 0 : usedTokens();
    }

    @Override
    public Embedded asCached() {
      return new Embedded(embedding, tokens, truncatedTokens, true);
    }
  }

  /**
   * The text has more tokens than the window, and its policy is {@link TruncationPolicy#ERROR}.
   *
   * @param tokens of the whole text, special tokens included
   * @param maxTokens of one window, special tokens included
   */
  record TooLong(int tokens, int maxTokens) implements TextOutcome {}

  /**
   * The model made no embedding of it. Other texts of the call are not touched by that.
   *
   * @param failure why
   */
  record Failed(EmbeddingFailure failure) implements TextOutcome {}

  /** No text with this digest was embedded before, or it was and had to leave for others. */
  record Unknown() implements TextOutcome {}
}
