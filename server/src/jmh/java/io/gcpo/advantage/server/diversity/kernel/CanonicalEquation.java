// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a calculator annotation such as {@code 2*3+1=7} for the labels of the benchmark: equations
 * that differ only in the order of summands or factors and in how numbers are written have the same
 * form. A sum is the bag of its terms, those subtracted marked; a product the bag of its factors,
 * the divisors marked; so 2/3*9 = 9*2/3, but 9-2-3 is not 9-(2+3). Numbers are equal by value: 16.0
 * = 16 = 16.; "20,000" is a number, 5% is 5/100.
 *
 * <pre>
 *   sum     = product { (+|-) product }
 *   product = factor { (*|/) factor }
 *   factor  = { - } ( number | "(" sum ")" ) { % }
 * </pre>
 *
 * <p>It shares nothing with the step extractor, which it judges. Confined to one thread.
 */
final class CanonicalEquation {
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
      Optional<Node> operand = joining == '+' ? product() : factor();
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

  private Optional<Node> factor() {
    boolean negative = false;
    while (next('-')) {
      position++;
      negative = !negative;
    }
    Optional<Node> node = next('(') ? bracket() : number();
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

  private Optional<Node> number() {
    int start = position;
    while (position < text.length() && "0123456789.,".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String digits = text.substring(start, position).replace(",", "");
    if (digits.chars().noneMatch(Character::isDigit)
        || digits.indexOf('.') != digits.lastIndexOf('.')) {
      return Optional.empty();
    }
    return Optional.of(
        new Node('#', List.of(new BigDecimal(digits).stripTrailingZeros().toPlainString())));
  }

  private boolean next(char expected) {
    return position < text.length() && text.charAt(position) == expected;
  }
}
