// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdvantageClientOptionsTest {
  @Test
  void builder_nothingSet_givesDefaults() {
    assertThat(AdvantageClientOptions.builder("localhost:1").build())
        .isEqualTo(
            new AdvantageClientOptions(
                "localhost:1", Duration.ofSeconds(60), 67_108_864, 67_108_864L, 536_870_912L));
  }

  @Test
  void builder_everythingSet_isKept() {
    assertThat(
            AdvantageClientOptions.builder("dns:///service:1")
                .deadline(Duration.ofMillis(5))
                .maxMessageBytes(1)
                .callRetryBytes(2)
                .totalRetryBytes(3)
                .build())
        .isEqualTo(new AdvantageClientOptions("dns:///service:1", Duration.ofMillis(5), 1, 2, 3));
  }

  @Test
  void build_badValue_isRefused() {
    assertRefused(AdvantageClientOptions.builder(" "), "target: \" \" (expected: host:port)");
    assertRefused(
        AdvantageClientOptions.builder("a").deadline(Duration.ZERO),
        "deadline: PT0S (expected: a positive duration)");
    assertRefused(
        AdvantageClientOptions.builder("a").maxMessageBytes(0),
        "maxMessageBytes: 0 (expected: >= 1)");
    assertRefused(
        AdvantageClientOptions.builder("a").callRetryBytes(0),
        "callRetryBytes: 0 (expected: >= 1)");
    assertRefused(
        AdvantageClientOptions.builder("a").callRetryBytes(8).totalRetryBytes(7),
        "totalRetryBytes: 7 (expected: >= callRetryBytes, 8)");
  }

  private static void assertRefused(AdvantageClientOptions.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
