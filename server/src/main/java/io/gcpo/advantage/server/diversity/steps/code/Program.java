// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program as a sequence of what it means: for each token its value, and for a name that the
 * program chose its number instead. Copies that are renamed, formatted or commented differently are
 * equal, but for the numbers. Linear. Immutable.
 */
final class Program {
  private static final int NO_NAME = -1;

  private final long[] values;
  private final int[] names;
  private final boolean[] telling;

  private Program(long[] values, int[] names, boolean[] telling) {
    this.values = values;
    this.names = names;
    this.telling = telling;
  }

  /** The program in a text whose tokens of {@link Dialect#UNKNOWN} are known. */
  static Program of(String text, List<Token> rough) {
    Dialect dialect = DialectGuess.of(rough);
    List<Token> lexed = Lexer.tokens(text, dialect);
    List<Token> tokens = dialect == Dialect.LAYOUT ? Layout.blocks(lexed) : lexed;
    Brackets brackets = Brackets.of(tokens);
    Names chosen = Names.of(tokens, brackets, dialect);
    boolean[] redundant = Parentheses.redundant(tokens, dialect);
    long[] values = new long[tokens.size()];
    int[] names = new int[tokens.size()];
    boolean[] telling = new boolean[tokens.size()];
    Map<String, Integer> numbers = new HashMap<>();
    int size = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean meaningless = token.kind() == Kind.END || isSeparator(i, tokens, brackets);
      if (meaningless || redundant[i] || chosen.isDropped(i)) {
        continue;
      }
      boolean own = chosen.isChosen(i);
      names[size] = own ? numbers.computeIfAbsent(token.text(), x -> numbers.size()) : NO_NAME;
      values[size] = own ? 0 : chosen.value(i);
      telling[size] =
          !own && (token.isName() || token.kind() == Kind.NUMBER || token.kind() == Kind.STRING);
      size++;
    }
    return new Program(
        Arrays.copyOf(values, size), Arrays.copyOf(names, size), Arrays.copyOf(telling, size));
  }

  /** A semicolon that is none of a header. */
  private static boolean isSeparator(int i, List<Token> tokens, Brackets brackets) {
    if (!tokens.get(i).is(";")) {
      return false;
    }
    int open = brackets.around(i);
    return open < 0 || !tokens.get(open).is("(");
  }

  int size() {
    return values.length;
  }

  /** Whether the program chose this token's name. */
  boolean isChosen(int index) {
    return names[index] != NO_NAME;
  }

  /** The number of a name that the program chose, from 0 in order of appearance. */
  int name(int index) {
    return names[index];
  }

  /** What a token means that is no name the program chose. */
  long value(int index) {
    return values[index];
  }

  /** Whether a token is a literal or the name of something in a library. */
  boolean isTelling(int index) {
    return telling[index];
  }
}
