// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Token windows that go through the model together, as a [n, paddedLength] matrix of ids whose rows
 * begin with their real tokens: prefix, content, suffix.
 *
 * @param specials around each window's content
 * @param contents the windows' content, n &gt;= 1 of them
 * @param paddedLength columns, at least the longest window's length
 */
public record WindowBatch(SpecialTokens specials, List<TokenIds> contents, int paddedLength) {

  public WindowBatch {
    contents = ImmutableList.copyOf(contents);
    if (contents.isEmpty()) {
      throw new IllegalArgumentException("contents: 0 windows (expected: >= 1)");
    }
    for (TokenIds content : contents) {
      int length = content.length() + specials.count();
      if (length > paddedLength) {
        throw new IllegalArgumentException(
            "window: %d tokens (expected: <= %d)".formatted(length, paddedLength));
      }
    }
  }

  /** n. */
  public int size() {
    return contents.size();
  }

  /** Real tokens of {@code window}, special tokens included. */
  public int length(int window) {
    return contents.get(window).length() + specials.count();
  }

  /** The id at {@code position}, in [0, length(window)). */
  public int token(int window, int position) {
    TokenIds prefix = specials.prefix();
    if (position < prefix.length()) {
      return prefix.get(position);
    }
    TokenIds content = contents.get(window);
    int inContent = position - prefix.length();
    return inContent < content.length()
        ? content.get(inContent)
        : specials.suffix().get(inContent - content.length());
  }

  /** Real tokens of all windows. */
  public long realTokens() {
    long sum = 0;
    for (int window = 0; window < size(); window++) {
      sum += length(window);
    }
    return sum;
  }

  /** Columns that hold no token, of all windows. */
  public long paddingTokens() {
    return (long) size() * paddedLength - realTokens();
  }
}
