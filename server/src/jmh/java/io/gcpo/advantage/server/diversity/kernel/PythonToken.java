// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

/**
 * A token of a Python program.
 *
 * @param start in the program, in chars
 * @param depth how many brackets are open around it
 * @param breakBefore whether a line ends before it inside a bracket
 */
record PythonToken(Kind kind, String text, int start, int depth, boolean breakBefore) {
  /** What it is. */
  enum Kind {
    /** An identifier. */
    NAME,
    /** A word with a meaning of its own. */
    KEYWORD,
    NUMBER,
    /** A string with its prefix and quotes. */
    STRING,
    /** An operator, a bracket or other punctuation. */
    OPERATOR
  }

  boolean is(String expected) {
    return kind != Kind.STRING && text.equals(expected);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }

  /** Whether it would run together with a neighbour of that sort. */
  boolean isWord() {
    return kind != Kind.OPERATOR;
  }
}
