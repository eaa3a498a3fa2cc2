// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FeatureHashTest {

  /** Its numbers are the finaliser of seed + k * gamma. */
  @Test
  void mix_isTheFinaliserOfSplitMix64() {
    long gamma = 0x9E3779B97F4A7C15L;
    SplittableRandom reference = new SplittableRandom(42);
    for (int k = 1; k <= 100; k++) {
      assertThat(FeatureHash.mix(42 + k * gamma)).isEqualTo(reference.nextLong());
    }
  }

  @Test
  void of_range_isTheHashOfTheSubstring() {
    assertThat(FeatureHash.of("3 + 4 = 7", 4, 5)).isEqualTo(FeatureHash.of("4"));
    assertThat(FeatureHash.of("3 + 4", 2, 2)).isEqualTo(FeatureHash.of(""));
  }

  @Test
  void of_equalTexts_areEqualWhateverHoldsThem() {
    assertThat(FeatureHash.of(CharBuffer.wrap("x \u00b7 \ud83d\ude42".toCharArray())))
        .isEqualTo(FeatureHash.of("x \u00b7 \ud83d\ude42"));
  }

  @Test
  void append_order_matters() {
    assertThat(FeatureHash.append(FeatureHash.append(0, 1), 2))
        .isNotEqualTo(FeatureHash.append(FeatureHash.append(0, 2), 1));
    assertThat(FeatureHash.append(0, 0)).isNotZero();
  }

  @Test
  void of_shortTexts_neverCollide() {
    Map<Long, String> seen = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (char a = 0; a < 128; a++) {
      for (char b = 0; b < 128; b++) {
        for (char c = 0; c < 24; c++) {
          text.setLength(0);
          text.append(a).append(b).append(c);
          assertNew(seen, FeatureHash.of(text), text.toString());
        }
        assertNew(seen, FeatureHash.of(text, 0, 2), text.substring(0, 2));
      }
      assertNew(seen, FeatureHash.of(text, 0, 1), text.substring(0, 1));
    }
    assertNew(seen, FeatureHash.of(""), "");
  }

  @Test
  void append_smallNumbers_neverCollide() {
    Map<Long, String> seen = new HashMap<>();
    for (int a = -100; a < 100; a++) {
      long one = FeatureHash.append(0, a);
      assertNew(seen, one, a + "");
      for (int b = -100; b < 100; b++) {
        long two = FeatureHash.append(one, b);
        assertNew(seen, two, a + " " + b);
        for (int c = 0; c < 10; c++) {
          assertNew(seen, FeatureHash.append(two, c), a + " " + b + " " + c);
        }
      }
    }
  }

  /** Half of the bits of a hash change with one bit of a text: 32 +- 5 standard deviations. */
  @Test
  void of_oneBitOfAText_changesHalfOfTheHash() {
    Random random = new Random(5);
    int rounds = 10_000;
    long flipped = 0;
    for (int k = 0; k < rounds; k++) {
      char[] text = new char[1 + random.nextInt(8)];
      for (int i = 0; i < text.length; i++) {
        text[i] = (char) random.nextInt(0x10000);
      }
      long before = FeatureHash.of(new String(text));
      text[random.nextInt(text.length)] ^= (char) (1 << random.nextInt(16));
      flipped += Long.bitCount(before ^ FeatureHash.of(new String(text)));
    }
    assertThat((double) flipped / rounds).isBetween(32 - 0.2, 32 + 0.2);
  }

  private static void assertNew(Map<Long, String> seen, long hash, String text) {
    String before = seen.put(hash, text);
    if (before != null) {
      assertThat(text).isEqualTo(before);
    }
  }
}
