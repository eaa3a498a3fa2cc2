// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepExtractorTest {
  private static final int LONG = 100_000;

  @ParameterizedTest
  @EnumSource(StepKind.class)
  void equalTextsHaveEqualSteps(StepKind kind) {
    for (String text :
        new String[] {"", " \n", "2 + 3 = 5", "One. Two.", "return a + b\n", "é𝟙ß"}) {
      assertThat(StepExtractor.extract(text, kind)).isEqualTo(StepExtractor.extract(text, kind));
    }
  }

  @Test
  void sentencesMindNeitherOrderNorCaseNorPunctuation() {
    FeatureBag one = sentences("The cat sat. A dog barked!");
    FeatureBag other = sentences("a dog barked; THE CAT, SAT");
    assertThat(one.tanimoto(other)).isGreaterThan(0.6);
    assertThat(one.tanimoto(sentences("Birds fly. Fish swim."))).isZero();
  }

  @Test
  void aNumberWithAPointIsInOneSentence() {
    assertThat(sentences("It costs 3.5 dollars")).isNotEqualTo(sentences("It costs 3. 5 dollars"));
  }

  @Test
  void mathematicsWithoutAnEquationIsComparedBySentences() {
    FeatureBag one = StepExtractor.extract("By symmetry both halves are equal.", StepKind.MATH);
    FeatureBag other = StepExtractor.extract("We argue by induction on the degree.", StepKind.MATH);
    assertThat(one.total()).isPositive();
    assertThat(one.tanimoto(other)).isLessThan(0.5);
  }

  @Test
  void aProgramShownWithEquationsLeavesThemInPlace() {
    String equations = "So 16 - 3 - 4 = 9 eggs are left.\n9 * 2 = 18\n";
    String program = "```python\nprint((16 - 3 - 4) * 2)\n```\n";
    String prose = "We print the result of it.\n";
    assertThat(auto(equations + program).tanimoto(auto(equations))).isGreaterThan(0.4);
    assertThat(auto(prose + program)).isEqualTo(auto(program));
  }

  @ParameterizedTest
  @EnumSource(StepKind.class)
  void whatCannotBeSeenChangesNothing(StepKind kind) {
    for (String text : new String[] {"So 5 + 3 = 8.", "def f(a):\n  return a + 12\n"}) {
      FeatureBag plain = StepExtractor.extract(text, kind);
      for (String invisible :
          new String[] {"\u200b", "\ufeff", "\u00ad", "\u2066", "\ufe0f", "\b"}) {
        String padded = invisible + text.replace("", invisible);
        assertThat(StepExtractor.extract(padded, kind)).as(text).isEqualTo(plain);
      }
    }
  }

  /** Reading what follows takes quadratic time, or a stack as deep, if anything does. */
  static Stream<Arguments> hostileTexts() {
    return Stream.of(
            "1",
            "=",
            "1=",
            "1+",
            "(",
            ")",
            "{",
            "}",
            "[",
            "\\frac",
            "\\frac{",
            "\\text{",
            "\\",
            "is ",
            "of ",
            "a ",
            "x ",
            "1 is ",
            "1/2 of ",
            "\"",
            "'",
            "'''",
            "`",
            "/*",
            "*/",
            "//",
            "#",
            "\n",
            "\n ",
            " ",
            "\t",
            ".",
            "0x",
            "1e",
            "f\"{",
            "\u0000",
            "\ud835",
            "\udfd9",
            "\ufdfa",
            "\u0301",
            "-",
            "**",
            "%",
            "^",
            "<<1+1=2>>",
            "((1)/(2))=",
            "if x:\n",
            "0,000",
            "1 2 ",
            "word ",
            "word. ",
            "=>",
            "$",
            "&",
            "é",
            "1+1=2 is ")
        .flatMap(
            part ->
                Stream.of(StepKind.values())
                    .map(kind -> Arguments.of(part.replace("\n", "\\n"), part, kind)));
  }

  @ParameterizedTest(name = "{0} as {2}")
  @MethodSource("hostileTexts")
  void hostileTextsAreRead(String name, String part, StepKind kind) {
    String text = part.repeat(LONG / part.length());
    FeatureBag bag = StepExtractor.extract(text, kind);
    assertThat(bag.distinct()).isLessThanOrEqualTo(16 * text.length());
    assertThat(bag.tanimoto(StepExtractor.extract(text, kind))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(StepKind.class)
  void aMillionDigitsAreOneNumber(StepKind kind) {
    FeatureBag bag = StepExtractor.extract("7".repeat(1_000_000), kind);
    assertThat(bag.distinct()).isLessThan(32);
  }

  private static FeatureBag auto(String text) {
    return StepExtractor.extract(text, StepKind.AUTO);
  }

  private static FeatureBag sentences(String text) {
    return StepExtractor.extract(text, StepKind.SENTENCES);
  }
}
