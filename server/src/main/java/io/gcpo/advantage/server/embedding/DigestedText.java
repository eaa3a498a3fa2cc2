// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import org.jspecify.annotations.Nullable;

/**
 * A text and its digest, which is computed when it is first asked for and never again. Equal texts
 * are equal. Thread-safe: threads that ask for the first time together compute the same.
 */
public final class DigestedText {
  private final String text;
  private volatile @Nullable ContentDigest digest;

  public DigestedText(String text) {
    this.text = text;
  }

  /** The text itself. */
  public String text() {
    return text;
  }

  /** The digest of the text. */
  public ContentDigest digest() {
    ContentDigest known = digest;
    if (known == null) {
      known = ContentDigest.of(text);
      digest = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DigestedText that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "DigestedText[%d]".formatted(text.length());
  }
}
