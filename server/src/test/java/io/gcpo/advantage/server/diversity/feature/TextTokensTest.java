// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTokensTest {

  @Test
  void of_wordsAndSigns_areApart() {
    assertThat(TextTokens.of("x_1 = 3.5;\n\tDon't!"))
        .containsExactly("x", "_", "1", "=", "3", ".", "5", ";", "Don", "'", "t", "!");
  }

  @Test
  void of_nothing_isNothing() {
    assertThat(TextTokens.of("")).isEmpty();
    assertThat(TextTokens.of(" \t\r\n\u00a0\u2028\u3000")).isEmpty();
  }

  @Test
  void of_case_isKept() {
    assertThat(TextTokens.of("Yes yes YES")).containsExactly("Yes", "yes", "YES");
  }

  @Test
  void of_marks_stayWithTheirLetters() {
    assertThat(TextTokens.of("e\u0301te\u0301 \u0928\u092e\u0938\u094d\u0924\u0947 1\u20dd"))
        .containsExactly("e\u0301te\u0301", "\u0928\u092e\u0938\u094d\u0924\u0947", "1\u20dd");
  }

  @Test
  void of_supplementaryCodePoints_areWhole() {
    assertThat(TextTokens.of("\ud835\udc65\ud835\udc66\ud83d\ude42\ud83d\ude42"))
        .containsExactly("\ud835\udc65\ud835\udc66", "\ud83d\ude42", "\ud83d\ude42");
  }

  @Test
  void of_loneSurrogate_isATokenOfItsOwn() {
    assertThat(TextTokens.of("a\ud835b\udc65")).containsExactly("a", "\ud835", "b", "\udc65");
  }
}
