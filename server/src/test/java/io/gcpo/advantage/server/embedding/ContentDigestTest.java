// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.Test;

final class ContentDigestTest {
  @Test
  void of_abc_isTheStandardsExample() {
    assertThat(BaseEncoding.base16().lowerCase().encode(ContentDigest.of("abc").toBytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void ofBytes_itsBytes_isTheSame() {
    ContentDigest digest = ContentDigest.of("sch\u00f6n \ud83d\ude42");

    assertThat(ContentDigest.ofBytes(digest.toBytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(digest).isNotEqualTo(ContentDigest.of("schon \ud83d\ude42"));
  }

  @Test
  void of_loneSurrogate_isWhatTheTokenizerReads() {
    assertThat(ContentDigest.of("a\uD800"))
        .isEqualTo(ContentDigest.of("a\uFFFD"))
        .isNotEqualTo(ContentDigest.of("a?"));
  }

  @Test
  void ofBytes_otherLength_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentDigest.ofBytes(new byte[31]))
        .withMessage("digest: 31 bytes (expected: 32)");
  }
}
