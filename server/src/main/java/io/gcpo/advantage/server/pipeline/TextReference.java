// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.DigestedText;

/** A text, or the digest of one that was sent before. */
public sealed interface TextReference {
  /** The text's digest. */
  ContentDigest digest();

  /** A text that nobody has asked the digest of yet. */
  static TextReference of(String text) {
    return new Given(new DigestedText(text));
  }

  /** The text itself. */
  record Given(DigestedText text) implements TextReference {
    @Override
    public ContentDigest digest() {
      return text.digest();
    }
  }

  /** A text that is not in the request. */
  record Digest(ContentDigest digest) implements TextReference {}
}
