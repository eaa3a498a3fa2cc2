// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.List;
import java.util.Random;
import java.util.Set;

/** A layout of Python programs, drawn at random, other than the usual one. */
final class ProgramLayout {
  private static final List<String> COMMENTS =
      List.of("# next step", "# see the task", "# TODO check this", "# ok", "# handle this case");
  private static final Set<String> CLOSE_BEFORE = Set.of(",", ":", ";", ".");

  private final Random random;
  private final int indentation;
  private final boolean spacesAroundOperators;
  private final boolean spacesInBrackets;
  private final boolean spaceAfterComma;
  private final boolean keepsBreaks;

  ProgramLayout(Random random) {
    this.random = random;
    this.indentation = 2 + random.nextInt(2);
    this.spacesAroundOperators = random.nextBoolean();
    this.spacesInBrackets = random.nextBoolean();
    this.spaceAfterComma = random.nextBoolean();
    this.keepsBreaks = random.nextBoolean();
  }

  /** The body of a function in this layout. */
  String of(List<PythonLine> lines) {
    StringBuilder text = new StringBuilder();
    for (PythonLine line : lines) {
      String indent = " ".repeat(indentation * (line.level() + 1));
      if (random.nextInt(5) == 0) {
        text.append('\n');
      }
      if (random.nextInt(5) == 0) {
        text.append(indent).append(comment()).append('\n');
      }
      text.append(indent);
      for (int i = 0; i < line.tokens().size(); i++) {
        text.append(between(line, i)).append(line.token(i).text());
      }
      if (random.nextInt(6) == 0) {
        text.append("  ").append(comment());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String comment() {
    return COMMENTS.get(random.nextInt(COMMENTS.size()));
  }

  private String between(PythonLine line, int index) {
    PythonToken before = line.token(index - 1);
    PythonToken token = line.token(index);
    if (index == 0) {
      return "";
    }
    if (token.breakBefore() && keepsBreaks) {
      return "\n" + " ".repeat(indentation * (line.level() + 3));
    }
    if (before.isWord() && token.isWord()) {
      return " ";
    }
    if (before.is(",")) {
      return spaceAfterComma ? " " : "";
    }
    if (isOneOf("([{", before) || isOneOf(")]}", token)) {
      boolean empty = isOneOf("([{", before) && isOneOf(")]}", token);
      return spacesInBrackets && !empty ? " " : "";
    }
    if (isOneOf("([", token) && !isKeyword(before) && (before.isWord() || isOneOf(")]}", before))) {
      return "";
    }
    if (isKeyword(before) || isKeyword(token)) {
      return " ";
    }
    if (before.is(".") || CLOSE_BEFORE.contains(token.text())) {
      return "";
    }
    return spacesAroundOperators ? " " : "";
  }

  private static boolean isOneOf(String brackets, PythonToken token) {
    return token.kind() == PythonToken.Kind.OPERATOR && brackets.contains(token.text());
  }

  private static boolean isKeyword(PythonToken token) {
    return token.kind() == PythonToken.Kind.KEYWORD;
  }
}
