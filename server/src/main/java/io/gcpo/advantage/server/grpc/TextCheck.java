// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Utf8;
import io.gcpo.advantage.server.pipeline.Limit;

/** What holds for every text that goes to the tokenizer: well-formed Unicode, of bounded size. */
final class TextCheck {
  private TextCheck() {}

  static void check(String text, String path, int maxBytes, Violations violations) {
    // A char is at least one byte: a text that is too long for that need not be encoded to know it.
    if (text.length() > maxBytes) {
      violations.overLimit(
          Limit.TEXT_BYTES, path, "at least " + text.length() + " bytes", maxBytes);
      return;
    }
    try {
      int bytes = Utf8.encodedLength(text);
      if (bytes > maxBytes) {
        violations.overLimit(Limit.TEXT_BYTES, path, bytes + " bytes", maxBytes);
      }
    } catch (IllegalArgumentException unpaired) {
      violations.invalid(path, "an unpaired surrogate (expected: well-formed Unicode)");
    }
  }
}
