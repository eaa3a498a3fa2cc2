// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalfTest {

  @Test
  void contains_eachGroupOfExactlyOneHalf() {
    long heldBack =
        IntStream.range(0, 1000)
            .mapToObj(i -> "group-" + i)
            .peek(id -> assertThat(Half.ALL.contains(id)).isTrue())
            .peek(id -> assertThat(Half.TUNE.contains(id)).isNotEqualTo(Half.REPORT.contains(id)))
            .filter(Half.REPORT::contains)
            .count();
    assertThat(heldBack).isBetween(450L, 550L);
  }

  @Test
  void contains_knownIds() {
    // hashlib.sha256(id).digest()[0] & 1
    assertThat(Half.REPORT.contains("gsm8k-test-0000")).isTrue();
    assertThat(Half.REPORT.contains("gsm8k-test-0001")).isFalse();
  }
}
