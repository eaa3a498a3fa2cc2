// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a calculator annotation such as {@code 2*3+1=7} for the labels of the benchmark: equations
 * that differ only in the order of summands or factors and in how numbers are written have the same
 * form. A sum is the bag of its terms, those subtracted marked; a product the bag of its factors,
 * the divisors marked; so 6/3*9 = 9*6/3, but 9-2-3 is not 9-(2+3). Numbers are equal by value: 16.0
 * = 16 = 16.; "20,000" is a number; a share is its value, however it is written: 1/2*80, 0.5*80,
 * 50%*80 and 80*50*.01 are one.
 *
 * <pre>
 *   sum     = product { (+|-) product }
 *   product = factor { (*|/) factor }
 *   factor  = { - } ( share | number | "(" sum ")" ) { % }
 *   share   = number "*.01" | number / number        a proper fraction of whole numbers
 * </pre>
 *
 * <p>It shares nothing with the step extractor, which it judges. Confined to one thread.
 */
final class CanonicalEquation {
  private static final BigDecimal PERCENT = new BigDecimal("0.01");

  private final String text;
  private int position;

  private CanonicalEquation(String text) {
    this.text = text;
  }

  /** The form of an annotation; one that is no equation of numbers stands for itself. */
  static String of(String annotation) {
    String compact = annotation.replace(" ", "");
    List<String> sides = new ArrayList<>();
    for (String side : compact.split("=", -1)) {
      Optional<String> form = new CanonicalEquation(side).whole();
      if (form.isEmpty()) {
        return compact;
      }
      sides.add(form.get());
    }
    return String.join(" = ", sides);
  }

  /** An expression: {@code #} and its text, or an operation and its signed operands. */
  private record Node(char kind, List<String> operands) {
    String form() {
      if (kind == '#') {
        return operands.get(0);
      }
      List<String> sorted = new ArrayList<>(operands);
      Collections.sort(sorted);
      return "(" + String.join(" ", sorted) + ")";
    }
  }

  private Optional<String> whole() {
    Optional<Node> node = sum();
    return position == text.length() ? node.map(Node::form) : Optional.empty();
  }

  private Optional<Node> sum() {
    return chain('+', '-');
  }

  private Optional<Node> product() {
    return chain('*', '/');
  }

  private Optional<Node> chain(char joining, char marking) {
    List<String> operands = new ArrayList<>();
    char sign = joining;
    while (true) {
      Optional<Node> operand = joining == '+' ? product() : factor(sign == '/');
      if (operand.isEmpty()) {
        return operand;
      }
      boolean last = !(next(joining) || next(marking));
      if (last && operands.isEmpty()) {
        return operand;
      }
      if (operand.get().kind() == joining && sign == joining) {
        operands.addAll(operand.get().operands());
      } else {
        operands.add(sign + operand.get().form());
      }
      if (last) {
        return Optional.of(new Node(joining, operands));
      }
      sign = text.charAt(position++);
    }
  }

  private Optional<Node> factor(boolean divisor) {
    boolean negative = false;
    while (next('-')) {
      position++;
      negative = !negative;
    }
    Optional<Node> node = next('(') ? bracket() : number().map(value -> share(value, divisor));
    while (node.isPresent() && next('%')) {
      position++;
      node = Optional.of(new Node('*', List.of("*" + node.get().form(), "/100")));
    }
    return negative ? node.map(n -> new Node('+', List.of("-" + n.form()))) : node;
  }

  private Optional<Node> bracket() {
    position++;
    Optional<Node> node = sum();
    if (!next(')')) {
      return Optional.empty();
    }
    position++;
    return node;
  }

  /** A number, or the share that it begins. */
  private Node share(BigDecimal value, boolean divisor) {
    int end = position;
    if (next('%')) {
      position++;
      return node(value.movePointLeft(2));
    }
    if (!divisor && next('/')) {
      position++;
      Optional<BigDecimal> denominator = number();
      if (denominator.filter(d -> isWhole(d) && isWhole(value) && isProper(value, d)).isPresent()) {
        return node(value.divide(denominator.get(), MathContext.DECIMAL32));
      }
    } else if (next('*')) {
      position++;
      if (number().filter(factor -> factor.compareTo(PERCENT) == 0).isPresent()) {
        return node(value.movePointLeft(2));
      }
    }
    position = end;
    return node(value);
  }

  private static boolean isProper(BigDecimal numerator, BigDecimal denominator) {
    return numerator.signum() > 0 && numerator.compareTo(denominator) < 0;
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static Node node(BigDecimal value) {
    return new Node('#', List.of(value.stripTrailingZeros().toPlainString()));
  }

  private Optional<BigDecimal> number() {
    int start = position;
    while (position < text.length() && "0123456789.,".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String digits = text.substring(start, position).replace(",", "");
    if (digits.chars().noneMatch(Character::isDigit)
        || digits.indexOf('.') != digits.lastIndexOf('.')) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(digits));
  }

  private boolean next(char expected) {
    return position < text.length() && text.charAt(position) == expected;
  }
}
