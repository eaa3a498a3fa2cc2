// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A solution of GSM8K apart from its calculator annotations {@code <<…>>}.
 *
 * @param text without the annotations: what kernels and the embedder see
 * @param steps the canonical equations of the annotations, sorted
 */
record AnnotatedSolution(String text, List<String> steps) {
  private static final String OPEN = "<<";
  private static final String CLOSE = ">>";

  AnnotatedSolution {
    steps = List.copyOf(steps);
  }

  /** Takes the annotations out. */
  static AnnotatedSolution of(String annotated) {
    StringBuilder text = new StringBuilder();
    List<String> steps = new ArrayList<>();
    int from = 0;
    while (true) {
      int open = annotated.indexOf(OPEN, from);
      int close = open < 0 ? -1 : annotated.indexOf(CLOSE, open + OPEN.length());
      if (close < 0) {
        text.append(annotated, from, annotated.length());
        return new AnnotatedSolution(text.toString(), steps.stream().sorted().toList());
      }
      text.append(annotated, from, open);
      steps.add(CanonicalEquation.of(annotated.substring(open + OPEN.length(), close)));
      from = close + CLOSE.length();
    }
  }

  /** Whether the same steps are taken, as often. */
  boolean takesStepsOf(AnnotatedSolution other) {
    return steps.equals(other.steps);
  }

  /** Whether each equation that the reader sees carries an annotation. */
  boolean isCompletelyAnnotated() {
    return text.chars().filter(character -> character == '=').count() == steps.size();
  }
}
