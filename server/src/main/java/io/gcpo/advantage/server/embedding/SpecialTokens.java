// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * What a model wants around the content of each window.
 *
 * @param prefix for example {@code [CLS]}
 * @param suffix for example {@code [SEP]}
 */
public record SpecialTokens(TokenIds prefix, TokenIds suffix) {
  /** How many tokens of a window are not content. */
  public int count() {
    return prefix.length() + suffix.length();
  }
}
