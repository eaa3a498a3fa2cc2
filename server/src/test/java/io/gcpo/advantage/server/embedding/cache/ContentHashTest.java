// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContentHashTest {
  @Test
  void of_task_isSha256OfFingerprintPolicyAndUtf8() {
    HashCode expected =
        Hashing.sha256().hashString("f00d\nKEEP_HEAD\nsch\u00f6n \ud83d\ude42", UTF_8);

    assertThat(hash("f00d", "sch\u00f6n \ud83d\ude42", TruncationPolicy.KEEP_HEAD))
        .isEqualTo(expected);
    assertThat(expected.bits()).isEqualTo(256);
  }

  @Test
  void of_anythingDifferent_differs() {
    Set<HashCode> hashes = new HashSet<>();
    for (String fingerprint : List.of("a", "b")) {
      for (TruncationPolicy policy : TruncationPolicy.values()) {
        // "Aa" and "BB" are the same to hashCode.
        for (String text : List.of("", "\n", "Aa", "BB", "Aa ", "aa", "?", "\uFFFD")) {
          hashes.add(hash(fingerprint, text, policy));
        }
      }
    }
    assertThat(hashes).hasSize(2 * TruncationPolicy.values().length * 8);
  }

  @Test
  void of_loneSurrogate_isWhatTheTokenizerReads() {
    HashCode lone = hash("f00d", "a\uD800", TruncationPolicy.ERROR);

    assertThat(lone).isEqualTo(hash("f00d", "a\uFFFD", TruncationPolicy.ERROR));
    assertThat(lone).isNotEqualTo(hash("f00d", "a?", TruncationPolicy.ERROR));
  }

  private static HashCode hash(String fingerprint, String text, TruncationPolicy policy) {
    return new ContentHash(fingerprint).of(new TextTask(text, policy));
  }
}
