// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** A text and a place in it. One thread's. */
final class Cursor {
  /** How many spaces may stand between an operator and what decides about it. */
  private static final int MAX_SPACES = 4;

  private final String text;
  private int position;

  Cursor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  int position() {
    return position;
  }

  void moveTo(int index) {
    position = index;
  }

  boolean isAtEnd() {
    return position >= text.length();
  }

  /** The character here. */
  char here() {
    return at(position);
  }

  /** The character at an index; NUL behind the end. */
  char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  /** The character before an index; a space before the start. */
  char before(int index) {
    return index > 0 ? text.charAt(index - 1) : ' ';
  }

  /** The first character from an index on that is no space, a few spaces ahead at most. */
  char afterSpaces(int index) {
    int next = index;
    while (next < index + MAX_SPACES && at(next) == ' ') {
      next++;
    }
    return at(next);
  }

  /** Whether an operand may begin at the first character from an index on that is no space. */
  boolean isOperandAfterSpaces(int index) {
    char following = afterSpaces(index);
    return Character.isDigit(following) || "($.\\-".indexOf(following) >= 0;
  }
}
