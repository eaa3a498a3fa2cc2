// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathStepsTest {
  private static final long EQUATION = 1;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "16 eggs - 3 eggs = 13 eggs | 16 - 3",
        "She sells 13 * $2 = $26 a day. | 13 * 2",
        "He earned $60/truck * 6 trucks = $360 | 60 * 6",
        "There are 15 floors * 8 units/floor = 120 units | 15 * 8",
        "He works 5 times a week so he walks 5*6 = 30 miles | 5 * 6",
        "Each 4-foot length is 4 * 12 = 48 inches | 4 * 12",
        "so 20% of 50 = 10 | 0.2 * 50",
        "3/4 of the 80 votes = 60 votes | 0.75 * 80",
        "Half of 20 is 10. | 0.5 * 20",
        "Walt walked 6 times 4, or 24 miles. | 6 * 4",
        "5 plus 3 equals 8 | 5 + 3",
        "x = 5 + 3 | 5 + 3",
        "x = 5 + 3 = 8 | 5 + 3",
        "The total is 2 + 2 is 4 | 2 + 2",
        "(4+2=6 pets) | 4 + 2",
        "- 16 - 3 = 13 | 16 - 3",
        "* 6 yams x $1.5 = $9 | 6 * 1.5",
        "Yams - 6 yams x $1.5 = $9.0 | 6 * 1.5",
        "**5 + 3 = 8** | 5 + 3",
        "-5 + 8 = 3 | 8 - 5",
        "14 km/h * 8 hours = 112 | 14 * 8",
        "It costs $194/meter * 150 m = $29100. | 194 * 150",
        "District A + 209 = 407 | A + 209",
        "to District A and C: 198 to A + 209 = 407 | 198 + 209",
        "\\[ \\frac{3}{4} \\times 80 = 60 \\] | 0.75 * 80",
        "$\\text{cost of 3 pens} = 3 \\cdot 5 = 15$ | 3 * 5",
        "\\begin{align} x &= 5 + 3 \\\\ &= 8 \\end{align} | 5 + 3",
        "2 / 3 = 0.67 | 2 / 3",
        "10 ÷ 4 ≈ 2.5 | 10 / 4",
        "5 + 3 → 8 | 5 + 3",
        "5 + 3 => 8 | 5 + 3",
        "2x - 5 = 45 | 2*x - 5",
        "Total = 9.0 + 20 + 5.0 = 34.0 | 9 + 20 + 5",
        "1/2 = 0.5 | 1/2",
        "10⁴ × 2 = 20000 | 10^4 * 2",
        "2 × 10⁻³ = 0.002 | 2 * 10^(-3)",
        "\\frac12 + \\frac13 = \\frac56 | 1/2 + 1/3",
        "1\\frac12 \\times 4 = 6 | 1.5 * 4",
        "100 cm^2 + 50 cm^{2} = 150 cm^2 | 100 + 50",
        "5 m² * 3 = 15 m² | 5 * 3",
        "\\frac{x}{5} + 2 = 7 | x/5 + 2",
        "5x4=20 | 5 * 4",
        "The total of the 3 countries is -48+21+-3=-30 degrees | -48 + 21 + (-3)",
        "12 x5 = 60 | 12 * 5",
        "180^\\circ - 60^\\circ = 120^\\circ | 180 - 60",
        "90° + 30° = 120° | 90 + 30",
        "5 + (-3) = 2 | 5 - 3",
        "5*-3 = -15 | 5 * (-3)",
        "2^-1 = 0.5 | 2 ^ (-1)",
        "5 - -3 = 8 | 5 - (-3)",
        "Step 1 -- 5 + 3 = 8 | 5 + 3",
        "(-5) × (-3) = 15 | (-5) * (-3)",
        "2 × 10^{-3} = 0.002 | 2 * 10^(-3)",
        "x = (5 + 3 apples) * 2 | (5 + 3) * 2",
        "1.5e6 / 3 = 5E+5 | 1500000 / 3",
        "Step 1 - 5 + 3 = 8 | 5 + 3",
        "1 1/2 + 2 = 3.5 | 1.5 + 2",
        "2 1/2 cups * 4 = 10 cups | 2.5 * 4",
        "$1\\frac{1}{2} \\times 4 = 6$ | 1.5 * 4",
        "2\\frac{3}{2} + 1 = 4 | 2 * (3 / 2) + 1",
        "3\\frac{x + 1}{4} + 1 = 4 | 3 * ((x + 1) / 4) + 1",
        "2 + 1\\frac{\\frac{1}{2}}{3} = 2.1667 | 2 + 1 * (1 / 2 / 3)",
        "3 × (2 + 4)⏎= 18 | 3 * (2 + 4)",
        "x = 3 × (2 + 4)⏎  = 18 | 3 * (2 + 4)",
        "\\[ 16 - 3 \\\\⏎= 13 \\] | 16 - 3",
      })
  void oneEquationIsRead(String written, String step) {
    String text = written.replace('⏎', '\n');
    assertThat(contains(text, step)).as(step).isTrue();
    assertThat(count(text)).isEqualTo(1);
  }

  @Test
  void aChainOfEqualitiesIsAStepForEachSideThatComputes() {
    String text = "2 * 15 = 30 = 25 + 5 = 30";
    assertThat(contains(text, "2 * 15")).isTrue();
    assertThat(contains(text, "25 + 5")).isTrue();
    assertThat(count(text)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "There are 5 apples and 3 pears.",
        "The answer is 8.",
        "x = 5",
        "a <= b, 5 >= 3, 5 != 3 + 1",
        "He is 5 or 6 years old.",
        "2 + 3 is prime",
        "x = \\frac{-b \\pm \\sqrt{25}}{2a}",
        "so z = 5 * (3 + ... and more",
        "... 3 + 4) = 7",
        "\\boxed{18}",
        "√16 + 2 = 6",
        "f(3) + 2 = 11",
        "f(2) + f(3) = 13",
        "sin(30) + 1 = 1.5",
        "\\log_2(8) + 1 = 4",
        "#### 18",
      })
  void whatIsNoEquationIsNone(String text) {
    assertThat(count(text)).isZero();
  }

  @Test
  void unitsWordsAndNotationChangeNothing() {
    String plain = "5*8=40\n40-14=26";
    for (String other :
        List.of(
            "8 * 5 = 40; 40 - 14 = 26",
            "5 pies × 8 pieces/pie = 40 pieces.\nSo 40 pieces – 14 pieces = 26 pieces.",
            "\\(5 \\times 8 = 40\\) and \\(40 - 14 = 26\\)",
            "5 times 8 is 40. 40 minus 14 equals 26.")) {
      assertThat(bag(other)).as(other).isEqualTo(bag(plain));
    }
  }

  @Test
  void anotherWayToTheSameResultIsLessSimilar() {
    FeatureBag one = bag("16 - 3 - 4 = 9\n9 * 2 = 18");
    FeatureBag other = bag("3 + 4 = 7\n16 - 7 = 9\n9 * 2 = 18");
    FeatureBag wrong = bag("16 + 3 = 19\n19 / 4 = 4.75");
    assertThat(one.tanimoto(other)).isBetween(0.3, 0.8);
    assertThat(one.tanimoto(wrong)).isLessThan(one.tanimoto(other));
  }

  @Test
  void whatIsStatedAgainIsHardlyAnotherStep() {
    String once = "16 - 3 - 4 = 9\n9 * 2 = 18";
    assertThat(bag(once).tanimoto(bag(once + "\nCheck: " + once))).isGreaterThan(0.7);
  }

  @Test
  void aTextWithoutNumbersHasNoSteps() {
    assertThat(bag("").total()).isZero();
    assertThat(bag("No number at all, is there?").total()).isZero();
  }

  private static boolean contains(String text, String step) {
    Tokens tokens = MathScanner.scan(step);
    tokens.truncate(tokens.size() - 1);
    FeatureBag.Builder single = new FeatureBag.Builder();
    single.add(
        FeatureHash.append(EQUATION, ExpressionParser.parse(tokens).orElseThrow().stepHash()), 1);
    return single.build().tanimoto(bag(text)) > 0;
  }

  private static int count(String text) {
    return MathSteps.collect(text, new FeatureBag.Builder());
  }

  private static FeatureBag bag(String text) {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    MathSteps.collect(text, builder);
    return builder.build();
  }
}
