// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnotatedSolutionTest {

  @Test
  void of_takesAnnotationsOut() {
    AnnotatedSolution solution =
        AnnotatedSolution.of("16 - 3 = <<16-3=13>>13 left\n13 * 2 = $<<13*2=26>>26\nA: 26");
    assertThat(solution.text()).isEqualTo("16 - 3 = 13 left\n13 * 2 = $26\nA: 26");
    assertThat(solution.steps()).hasSize(2);
    assertThat(solution.isCompletelyAnnotated()).isTrue();
  }

  @Test
  void of_unclosedAnnotation_isText() {
    AnnotatedSolution solution = AnnotatedSolution.of("a <<1+1=2>>2 b <<3+3");
    assertThat(solution.text()).isEqualTo("a 2 b <<3+3");
    assertThat(solution.steps()).hasSize(1);
  }

  @Test
  void takesStepsOf_orderAndWordsDoNotMatter_countsDo() {
    AnnotatedSolution solution = AnnotatedSolution.of("x <<1+2=3>>3, y <<2*2=4>>4");
    assertThat(solution.takesStepsOf(AnnotatedSolution.of("<<2*2=4.0>>4 z <<2+1=3>>3"))).isTrue();
    assertThat(solution.takesStepsOf(AnnotatedSolution.of("<<1+2=3>>"))).isFalse();
    assertThat(
            AnnotatedSolution.of("<<1+2=3>>")
                .takesStepsOf(AnnotatedSolution.of("<<1+2=3>> <<2+1=3>>")))
        .isFalse();
  }

  @Test
  void isCompletelyAnnotated_equationWithout_isNot() {
    assertThat(AnnotatedSolution.of("1 + 2 = <<1+2=3>>3, then 3 * 2 = 6").isCompletelyAnnotated())
        .isFalse();
  }
}
