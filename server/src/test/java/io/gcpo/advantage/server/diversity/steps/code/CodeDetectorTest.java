// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeDetectorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return max(l)",
        "    return [x + 1 for x in l]\n",
        "int f(int n) {\n  return n;\n}\n",
        "const f = (a) => a.b(c);",
        "# The sum of all of the numbers in the list is what we want here.\nreturn sum(xs)\n",
      })
  void looksLikeCode_programs_true(String text) {
    assertThat(CodeDetector.looksLikeCode(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5 + 3 = 8",
        "Natalia sold 48/2 = 24 clips in May.\nSo she sold 48+24 = 72 altogether.\n#### 72",
        "Let x be the number. Then \\frac{x}{2} = 4, so x = 8.",
        "The answer (as we have seen above) is 5.",
        "She pays $5 for each of the (3) apples",
      })
  void looksLikeCode_proseAndMathematics_false(String text) {
    assertThat(CodeDetector.looksLikeCode(text)).isFalse();
  }
}
