// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts Python that passed its tests into lines of tokens; comments and blank lines are left out.
 * For the benchmark's duplicates: it shares nothing with the step extractor. Confined to one
 * thread.
 */
final class PythonLexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("False None True and as assert async await break class continue def del elif else except"
                  + " finally for from global if import in is lambda nonlocal not or pass raise"
                  + " return try while with yield")
              .split(" "));
  private static final Set<String> STRING_PREFIXES = Set.of("r", "b", "f", "u", "rb", "br", "fr");
  private static final List<String> LONG_OPERATORS =
      List.of(
          "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->",
          "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=");

  private final String program;
  private final List<PythonLine> lines = new ArrayList<>();
  private final Deque<Integer> indentations = new ArrayDeque<>();
  private List<PythonToken> tokens = new ArrayList<>();
  private int position;
  private int lineStart;
  private int depth;
  private boolean breakBefore;

  private PythonLexer(String program) {
    this.program = program;
  }

  /** The lines of a program or of a function's body. */
  static List<PythonLine> lines(String program) {
    return new PythonLexer(program).lex();
  }

  private List<PythonLine> lex() {
    while (position < program.length()) {
      char next = program.charAt(position);
      if (next == '\n') {
        position++;
        endLine();
      } else if (next == '\\' && program.startsWith("\n", position + 1)) {
        position += 2;
      } else if (next == '#') {
        int end = program.indexOf('\n', position);
        position = end < 0 ? program.length() : end;
      } else if (Character.isWhitespace(next)) {
        position++;
      } else {
        token(next);
      }
    }
    depth = 0;
    endLine();
    return lines;
  }

  private void endLine() {
    if (depth > 0) {
      breakBefore = true;
      return;
    }
    if (!tokens.isEmpty()) {
      int indentation = tokens.get(0).start() - lineStart;
      while (!indentations.isEmpty() && indentations.element() > indentation) {
        indentations.pop();
      }
      if (indentations.isEmpty() || indentations.element() < indentation) {
        indentations.push(indentation);
      }
      lines.add(new PythonLine(indentations.size() - 1, tokens));
      tokens = new ArrayList<>();
    }
    lineStart = position;
    breakBefore = false;
  }

  private void token(char next) {
    int quote = position;
    while (quote < program.length() && Character.isLetter(program.charAt(quote))) {
      quote++;
    }
    if (quote < program.length()
        && "\"'".indexOf(program.charAt(quote)) >= 0
        && (quote == position
            || STRING_PREFIXES.contains(
                program.substring(position, quote).toLowerCase(Locale.ROOT)))) {
      add(PythonToken.Kind.STRING, endOfString(quote));
    } else if (Character.isDigit(next)
        || (next == '.'
            && position + 1 < program.length()
            && Character.isDigit(program.charAt(position + 1)))) {
      add(PythonToken.Kind.NUMBER, endOfNumber());
    } else if (Character.isJavaIdentifierStart(next) && next != '$') {
      int end = position + 1;
      while (end < program.length() && Character.isJavaIdentifierPart(program.charAt(end))) {
        end++;
      }
      add(
          KEYWORDS.contains(program.substring(position, end))
              ? PythonToken.Kind.KEYWORD
              : PythonToken.Kind.NAME,
          end);
    } else {
      operator(next);
    }
  }

  private void operator(char next) {
    if (")]}".indexOf(next) >= 0) {
      depth = Math.max(0, depth - 1);
    }
    int end =
        LONG_OPERATORS.stream()
            .filter(operator -> program.startsWith(operator, position))
            .mapToInt(operator -> position + operator.length())
            .findFirst()
            .orElse(position + 1);
    add(PythonToken.Kind.OPERATOR, end);
    if ("([{".indexOf(next) >= 0) {
      depth++;
    }
  }

  private void add(PythonToken.Kind kind, int end) {
    tokens.add(
        new PythonToken(kind, program.substring(position, end), position, depth, breakBefore));
    breakBefore = false;
    position = end;
  }

  private int endOfString(int quote) {
    String one = program.substring(quote, quote + 1);
    String closing = program.startsWith(one.repeat(3), quote) ? one.repeat(3) : one;
    int end = quote + closing.length();
    while (end < program.length() && !program.startsWith(closing, end)) {
      end += program.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(program.length(), end + closing.length());
  }

  private int endOfNumber() {
    int end = position;
    while (end < program.length()) {
      char next = program.charAt(end);
      boolean exponentSign =
          (next == '+' || next == '-')
              && Character.toLowerCase(program.charAt(end - 1)) == 'e'
              && !program.startsWith("0x", position);
      if (!(Character.isLetterOrDigit(next) || next == '.' || next == '_' || exponentSign)) {
        return end;
      }
      end++;
    }
    return end;
  }
}
