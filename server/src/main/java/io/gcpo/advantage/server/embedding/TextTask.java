// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** A text to be embedded; two equal tasks have the same embedding, bit for bit. */
public record TextTask(DigestedText content, TruncationPolicy truncationPolicy) {
  /** A text whose digest nobody has asked for yet. */
  public TextTask(String text, TruncationPolicy truncationPolicy) {
    this(new DigestedText(text), truncationPolicy);
  }

  /** The text itself. */
  public String text() {
    return content.text();
  }
}
