// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are no programs. What is read of them grows with them, and no faster. */
final class HostileCodeTest {
  private static final int LENGTH = 100_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "'",
        "`",
        "{",
        "(",
        "[",
        "}",
        ")",
        "f\"{",
        "f'{a:",
        "\\",
        "1",
        "x",
        "if:",
        "if a;",
        "elif x:\n",
        "\uD800",
        "/*",
        "\"\"\"",
        "(a,",
        "lambda ",
        "for ",
        "a=",
        "import a as ",
        "if a:\n ",
        "`${",
        "a<b>",
        "0x",
        "1e",
        ".",
        "\0",
        "1.",
        "'\\",
        "#",
        "else:",
        "((a)"
      })
  void collect_repeated_linearAndNotEmpty(String piece) {
    String text = piece.repeat(LENGTH / piece.length());
    for (Dialect dialect : Dialect.values()) {
      // A token of three marks at most: the line break, an opened hole and what is written.
      assertThat(Lexer.tokens(text, dialect)).hasSizeLessThanOrEqualTo(3 * text.length());
    }
    CodeBags.looksLikeCode(text);
    assertThat(CodeBags.of(text).total()).isBetween(1L, 20L * text.length());
    assertThat(CodeBags.of(text)).isEqualTo(CodeBags.of(text));
  }

  @Test
  void collect_randomText_neverThrows() {
    String[] pieces = {
      "\"", "'", "`", "{", "}", "(", ")", "[", "]", "f'", "${", ":", "\n", "\n  ", "if ", "elif ",
      "else", "lambda ", "for ", "in ", "=", ",", ";", "x", "y ", "1", ".", "->", "as ", "import ",
      "#", "//", "/*", "*/", "\\", "not ", "def ", "\uD83D", "r\"", "!", "0x", "e"
    };
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(CodeBags.of(text.toString()).total()).as("seed %d: %s", seed, text).isPositive();
    }
  }
}
