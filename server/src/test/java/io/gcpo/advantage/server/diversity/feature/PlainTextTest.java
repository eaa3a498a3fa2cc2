// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "５＋３＝８ | 5+3=8",
        "٥ + ٣ | 5 + 3",
        "𝟓𝑥 = 𝟘𝚣𝐀 | 5x = 0zA",
        "a\u2009b\u3000c | a b c",
        "x² ½ é 数 \uD83D\uDE00 | x² ½ é 数 \uD83D\uDE00",
        "p\u200ba\u00add\u3164 | pad",
      })
  void of_looksOfACharacter_areOne(String text, String plain) {
    assertThat(PlainText.of(text)).isEqualTo(plain);
  }

  @Test
  void of_linesAndTabs_areKept() {
    assertThat(PlainText.of("a\tb\r\n\u00e9\tb\u0000\n")).isEqualTo("a\tb\r\n\u00e9\tb\n");
  }

  @Test
  void of_unpairedSurrogates_areKept() {
    assertThat(PlainText.of("\ud835 \udfd9")).isEqualTo("\ud835 \udfd9");
    assertThat(PlainText.of("")).isEmpty();
  }
}
