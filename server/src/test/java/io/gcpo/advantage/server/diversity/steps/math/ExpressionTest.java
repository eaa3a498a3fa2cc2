// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "3 + 5 | 5 + 3",
        "2 * 3 * 4 | 4*2*3",
        "(1 + 2) + 3 | 1 + (3 + 2)",
        "10 - 3 - 2 | 10 - (3 + 2)",
        "24 / 2 / 3 | 24 / (3 * 2)",
        "5 + (-3) | 5 - 3",
        "0.5 * 80 | 1/2 * 80",
        "0.5 * 80 | 50% * 80",
        "0.5 * 80 | 50 percent * 80",
        "0.5 * 80 | 80 * \\frac{1}{2}",
        "0.5 * 80 | ½ * 80",
        "80*3/4 | 0.75 * 80",
        "1,234 + 1 | 1234 + 1",
        "350 000 + 1 | 350,000 + 1",
        "12{,}000 * 2 | 12000 \\times 2",
        "$5 * 3 | 5 x 3",
        "5 × 3 | 5 \\cdot 3",
        "5 · 3 | 5 ∗ 3",
        "8 ÷ 2 | 8/2",
        "8 − 2 | 8 - 2",
        "8 – 2 | 8 - 2",
        "\\frac{8}{3} | 8/3",
        "\\frac{1+2}{3} * 4 | (1+2)/3*4",
        "\\boxed{5 + 3} | 5 + 3",
        "4(5) | 4 * 5",
        "(2)(3) | 2*3",
        "2^3 | 2**3",
        "3² | 3^2",
        "2.50 * 4 | 2.5 * 4",
        ".5 + 1 | 0.5 + 1",
        "5 plus 3 | 5 + 3",
        "5 times 3 | 5 * 3",
        "12 divided 4 | 12 / 4",
        "2x + 3 | 3 + 2*x",
        "\\left(5 + 3\\right) * 2 | 2 * (3 + 5)",
        "480 + 0 | 0 + 480",
      })
  void equalExpressionsHaveEqualHashes(String one, String other) {
    assertThat(expression(one).stepHash()).isEqualTo(expression(other).stepHash());
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "3 - 5 | 5 - 3",
        "3 / 5 | 5 / 3",
        "3 + 5 | 3 * 5",
        "2 * 3 + 4 | 2 * (3 + 4)",
        "80 / 2 | 80 * 0.5",
        "2 + 3 + 4 | 2 + 7",
        "2 * 2 | 2 + 2",
        "2 * 2 * 3 | 2 * 3",
        "x + 3 | y + 3",
        "2^3 | 3^2",
        "18/24 | 0.75",
        "5 - 3 | 5 + 3",
        "1 - 2 - 3 | 1 - (2 - 3)",
      })
  void otherExpressionsHaveOtherHashes(String one, String other) {
    assertThat(expression(one).stepHash()).isNotEqualTo(expression(other).stepHash());
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2 + 3 * 4 | 14",
        "(2 + 3) * 4 | 20",
        "2 ^ 3 ^ 2 | 512",
        "-2 ^ 2 | -4",
        "10 - 4 - 3 | 3",
        "-3 * -4 | 12",
        "\\sqrt{16} + 1 | 5",
        "20% * 50 | 10",
        "1/3 * 9 | 3",
        "6/1/2 | 3",
      })
  void valuesFollowPrecedence(String text, double value) {
    assertThat(expression(text).value()).isCloseTo(value, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5 +", "+ 5", "5 5", "()", "/ 3 * 4", "-"})
  void whatIsNoExpressionIsNone(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void unbalancedBracketsDoNoHarm() {
    assertThat(expression("((2 + 3) * 4").value()).isEqualTo(20);
    assertThat(expression("2 + 3) * 4").value()).isEqualTo(20);
  }

  @Test
  void anUnknownHasNoValue() {
    assertThat(expression("2*x + 1").value()).isNaN();
    assertThat(expression("5 / 0").value()).isNaN();
  }

  @Test
  void shuffledSumsAndProductsAreEqual() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int trial = 0; trial < 1_000; trial++) {
      int[] terms = random.ints(2 + random.nextInt(8), 1, 1_000).toArray();
      for (String operator : new String[] {" + ", " * "}) {
        long expected = joined(terms, operator).stepHash();
        for (int i = terms.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int swapped = terms[i];
          terms[i] = terms[j];
          terms[j] = swapped;
        }
        assertThat(joined(terms, operator).stepHash())
            .as("seed %d, trial %d", seed, trial)
            .isEqualTo(expected);
      }
    }
  }

  private static Expression joined(int[] terms, String operator) {
    StringBuilder text = new StringBuilder();
    for (int term : terms) {
      text.append(text.isEmpty() ? "" : operator).append(term);
    }
    return expression(text.toString());
  }

  private static Expression expression(String text) {
    return parse(text).orElseThrow();
  }

  private static Optional<Expression> parse(String text) {
    Tokens tokens = MathScanner.scan(text);
    tokens.truncate(tokens.size() - 1);
    return ExpressionParser.parse(tokens);
  }
}
