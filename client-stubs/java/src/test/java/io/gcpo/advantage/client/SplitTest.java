// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.client.Split.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void ranges_noLimits_areOne() {
    assertThat(ranges(0, 0, 10, 20, 30)).containsExactly(new Range(0, 3));
    assertThat(ranges(0, 0)).isEmpty();
  }

  @Test
  void ranges_keepToItems() {
    assertThat(ranges(2, 0, 1, 1, 1, 1, 1))
        .containsExactly(new Range(0, 2), new Range(2, 4), new Range(4, 5));
  }

  @Test
  void ranges_keepToBytesWithTheHeaderAndSixForEachItem() {
    // 5 of the header, 16 each.
    assertThat(ranges(0, 37, 10, 10, 10)).containsExactly(new Range(0, 2), new Range(2, 3));
    assertThat(ranges(0, 36, 10, 10, 10))
        .containsExactly(new Range(0, 1), new Range(1, 2), new Range(2, 3));
  }

  @Test
  void ranges_itemThatFitsNowhere_isRefused() {
    assertThat(ranges(0, 21, 10)).containsExactly(new Range(0, 1));
    assertThatThrownBy(() -> ranges(0, 21, 10, 11))
        .hasMessage(
            "RESOURCE_EXHAUSTED: item 1: 11 bytes (expected: one message of at most 21 bytes)");
  }

  private static List<Range> ranges(int maxItems, int maxBytes, int... sizes) {
    return Split.ranges(
        i -> "item " + i, sizes.length, i -> sizes[i], maxItems, maxBytes, /* headerBytes= */ 5);
  }
}
