// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a worked solution: what is computed from what (the side of each equation that has an
 * operator, in canonical form), the results, and all numbers. What is stated again weighs a
 * quarter: a solution that repeats itself is hardly another. Which numbers occur at all weighs as
 * much as how often.
 *
 * <p>An equation is believed to the words around it when it holds: of several ways to read the left
 * side of "5 times a week so he walks 5 * 6 = 30" the one of value 30 is taken.
 *
 * <p>The weights 8, 4 and 1 say that an equation tells more than its result, and either more than a
 * number that is merely mentioned. On GSM8K (the task of docs/kernels.md) they are on a plateau:
 * half or twice the weight of equations, of results or of numbers moves the area under the ROC
 * curve by less than 0.001; equal weights cost 0.013, leaving the numbers out 0.015.
 */
public final class MathSteps {
  private static final int EQUATION_WEIGHT = 8;
  private static final int RESULT_WEIGHT = 4;
  private static final int NUMBER_WEIGHT = 1;
  private static final int RESTATED = 4;

  /** How far rounding moves a result: 2 / 3 = 0.67. */
  private static final double ROUNDING = 0.006;

  private static final long EQUATION = 1;
  private static final long RESULT = 2;
  private static final long NUMBER = 3;
  private static final long ANY_NUMBER = 4;

  private final Tokens tokens;
  private final FeatureBag.Builder bag;
  private final LeftSide left;
  private final RightSide right;
  private final Set<Long> stated = new HashSet<>();
  private int equations;

  private MathSteps(String text, FeatureBag.Builder bag) {
    this.tokens = MixedNumbers.joined(MathScanner.scan(text));
    this.bag = bag;
    this.left = new LeftSide(tokens);
    this.right = new RightSide(tokens);
  }

  /**
   * Adds the steps of a text to the bag. Linear in the text; never fails.
   *
   * @return how many equations there are
   */
  public static int collect(String text, FeatureBag.Builder bag) {
    MathSteps steps = new MathSteps(text, bag);
    steps.equations();
    steps.numbers();
    return steps.equations;
  }

  private void equations() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.symbol(i) == Symbol.EQUALS) {
        equation(i);
      } else if (tokens.symbol(i) == Symbol.COPULA) {
        sentence(i);
      }
    }
  }

  /** At an equals sign. */
  private void equation(int index) {
    Optional<Expression> result = right.read(index + 1, 0);
    Optional<Expression> side =
        left.longest(index, false, way -> way.isComposite() && holds(way, result))
            .or(() -> left.longest(index, true, Expression::isComposite));
    if (side.isPresent()) {
      step(EQUATION, side.get().stepHash(), EQUATION_WEIGHT);
      equations++;
    } else if (result.filter(Expression::isComposite).isPresent() && !isChained(right.end())) {
      // "x = 5 + 3"; in "x = 5 + 3 = 8" the second sign counts it.
      step(EQUATION, result.get().stepHash(), EQUATION_WEIGHT);
      equations++;
    }
    result
        .filter(Expression::isNumber)
        .ifPresent(number -> step(RESULT, Expression.hash(number.value()), RESULT_WEIGHT));
  }

  /** At a word such as "is": an equation only if it holds, as in "5 times 8 is 40". */
  private void sentence(int index) {
    Optional<Expression> result = right.read(index + 1, 2).filter(Expression::isNumber);
    if (result.isEmpty()) {
      return;
    }
    left.longest(index, false, way -> way.isComposite() && holds(way, result))
        .ifPresent(
            side -> {
              step(EQUATION, side.stepHash(), EQUATION_WEIGHT);
              step(RESULT, Expression.hash(result.get().value()), RESULT_WEIGHT);
              equations++;
            });
  }

  private void step(long kind, long feature, int weight) {
    boolean first = stated.add(FeatureHash.append(kind, feature));
    add(kind, feature, first ? weight : weight / RESTATED);
  }

  private static boolean holds(Expression side, Optional<Expression> result) {
    double expected = result.map(Expression::value).orElse(Double.NaN);
    return Math.abs(side.value() - expected) <= ROUNDING * Math.abs(expected);
  }

  /** Whether another sign follows, in the same line or at the beginning of the next. */
  private boolean isChained(int end) {
    int index = end;
    while (index < tokens.size() && tokens.symbol(index) == Symbol.BREAK) {
      index++;
    }
    return index < tokens.size() && tokens.symbol(index) == Symbol.EQUALS;
  }

  private void numbers() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.symbol(i) == Symbol.NUMBER || tokens.symbol(i) == Symbol.SHARE) {
        long number = Expression.hash(tokens.value(i));
        add(NUMBER, number, NUMBER_WEIGHT);
        if (seen.add(number)) {
          add(ANY_NUMBER, number, NUMBER_WEIGHT);
        }
      }
    }
  }

  private void add(long kind, long feature, int weight) {
    bag.add(FeatureHash.append(kind, feature), weight);
  }
}
