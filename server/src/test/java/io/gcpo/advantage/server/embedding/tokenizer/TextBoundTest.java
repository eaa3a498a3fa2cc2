// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TextBoundTest {
  private static final int MAX = 1 << 24;

  static Stream<Arguments> units() {
    return Stream.of(
        Arguments.of("x", 1),
        Arguments.of("\u0000", 1),
        Arguments.of("\u007f", 1),
        Arguments.of("\u0080", 2),
        Arguments.of("\u07ff", 2),
        Arguments.of("\u0800", 3),
        Arguments.of("\uffff", 3),
        Arguments.of("\ud800\udc00", 4),
        Arguments.of("\ud800", 3),
        Arguments.of("\udfff", 3));
  }

  @ParameterizedTest
  @MethodSource("units")
  void check_fullToTheLastByte_isTakenAndOneMoreRefused(String unit, int bytes) {
    int times = MAX / bytes;
    String rest = "p".repeat(MAX - times * bytes);

    assertThatCode(() -> TextBound.check(rest, unit.repeat(times))).doesNotThrowAnyException();
    assertThatThrownBy(() -> TextBound.check(rest + "p", unit.repeat(times)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text: 16777217 bytes with its prompt (expected: <= 16777216)");
  }

  @Test
  void encode_aboveTheBound_isRefusedWithAndWithoutPrompt() {
    String text = "\u00e9".repeat(MAX / 2);
    try (Tokenizer bare = HuggingFaceTokenizerAdapter.open(GoldenTokenizers.file("word_piece"))) {
      Tokenizer prompted = new TextPreparation("p", false).around(bare);

      assertThat(prompted).isNotSameAs(bare);
      assertThatThrownBy(() -> bare.encode(text + "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("text: 16777217 bytes");
      assertThatThrownBy(() -> prompted.encode(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("text: 16777217 bytes");
    }
  }
}
