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
        "x = y ** 2\n",
        "fn f(x: i32) -> i32 {\n  x\n}\n",
        "# The sum of all of the numbers in the list is what we want here.\nreturn sum(xs)\n",
      })
  void looksLikeCode_programs_true(String text) {
    assertThat(CodeBags.looksLikeCode(text)).isTrue();
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
        "We have f(x) = x^2 + 1. Then f(3) = 9 + 1 = 10. So g(f(3)) = g(10) = 21.",
        "f(1)=2\nf(2)=3\nf(3)=f(1)+f(2)=5\nP(A|B)=0.5\nC(5,2)=10",
        "\\[ f(x) = \\frac{x_1 + x_2}{2} \\]\n\\[ a_1 = f(3) = 5 \\]",
        "\\begin{align}\n2x + 5 &= 15 \\\\\n2x &= 10\n\\end{align}\n",
        "5 + 3 -> 8\n8 * 2 -> 16",
        "3x + 6 = 15\n=> 3x = 9\n=> x = 3",
        "**Step 1:** 5 + 3 = 8\n**Step 2:** 8 * 2 = 16\n**Answer:** 16",
        "5 + 3 = 8;\n8 * 2 = 16;\n",
        "class sizes: 5 * 3 = 15\nreturn trip: 2 * 3 = 6",
      })
  void looksLikeCode_proseAndMathematics_false(String text) {
    assertThat(CodeBags.looksLikeCode(text)).isFalse();
  }
}
