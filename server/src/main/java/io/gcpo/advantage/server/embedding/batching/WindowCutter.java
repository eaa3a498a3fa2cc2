// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.ArrayList;
import java.util.List;

/** Cuts the content of a text into windows that the model can take. Immutable. */
final class WindowCutter {
  /** What became of a text: its windows, or why there are none. */
  sealed interface Plan {}

  /**
   * The windows to be embedded.
   *
   * @param contents without special tokens, at least one
   * @param tokens of the whole text, special tokens included
   * @param truncatedTokens how many of them are in no window
   */
  record Windows(List<TokenIds> contents, int tokens, int truncatedTokens) implements Plan {}

  /** The text was refused. */
  record Refusal(TextOutcome outcome) implements Plan {}

  private final int specialTokens;
  private final int maxInputTokens;
  private final int maxContent;

  /** Windows of at most {@code maxInputTokens}, {@code specialTokens} included. */
  WindowCutter(SpecialTokens specialTokens, int maxInputTokens) {
    this.specialTokens = specialTokens.count();
    this.maxInputTokens = maxInputTokens;
    this.maxContent = maxInputTokens - this.specialTokens;
    if (maxContent < 1) {
      throw new IllegalArgumentException(
          "maxInputTokens: %d (expected: > %d special tokens)"
              .formatted(maxInputTokens, this.specialTokens));
    }
  }

  Plan cut(TokenIds content, TruncationPolicy policy) {
    int tokens = content.length() + specialTokens;
    int surplus = content.length() - maxContent;
    if (surplus <= 0) {
      return new Windows(List.of(content), tokens, 0);
    }
    return switch (policy) {
      case CHUNK_MEAN -> new Windows(split(content), tokens, 0);
      case ERROR -> new Refusal(new TextOutcome.TooLong(tokens, maxInputTokens));
      case KEEP_HEAD -> new Windows(List.of(content.slice(0, maxContent)), tokens, surplus);
      case KEEP_TAIL ->
          new Windows(List.of(content.slice(surplus, content.length())), tokens, surplus);
    };
  }

  private List<TokenIds> split(TokenIds content) {
    List<TokenIds> windows = new ArrayList<>();
    for (int start = 0; start < content.length(); start += maxContent) {
      windows.add(content.slice(start, Math.min(start + maxContent, content.length())));
    }
    return windows;
  }
}
