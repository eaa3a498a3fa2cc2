// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens; comments, spaces and continuations of lines are gone. Any text has
 * tokens: what nothing else fits is an operator of one character. Linear. Confined to one thread.
 *
 * <p>The code inside a Python f-string or a JavaScript template is between {@link #HOLE_START} and
 * {@link #HOLE_END}; the text around it is strings. Neighbouring strings are one.
 */
final class Lexer {
  /** A comment of C, in {@link Dialect#UNKNOWN}. */
  static final Token COMMENT = Token.of(Kind.OPERATOR, "//");

  static final String HOLE_START = "f{";
  static final String HOLE_END = "f}";

  private static final int TAB = 8;
  private static final List<String> DIRECTIVES =
      List.of("include", "define", "if", "else", "elif", "endif", "undef", "pragma", "[", "![");

  private final String text;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder brackets = new StringBuilder(); // the open ones; f: a hole
  private final List<StringLiteral> templates = new ArrayList<>(); // those with an open hole
  private int position;
  private int lineStart;
  private boolean atLineStart = true;

  private Lexer(String text, Dialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  /** The tokens of a text, in order. */
  static List<Token> tokens(String text, Dialect dialect) {
    Lexer lexer = new Lexer(text, dialect);
    while (lexer.position < text.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    if (c == '\n' || c == '\r') {
      breakLine();
    } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || isContinuation()) {
      position++;
    } else if (c == '#' && !(dialect == Dialect.BRACES && startsDirective())) {
      position = lineEnd();
    } else if (c == '/' && dialect != Dialect.LAYOUT && skipsComment()) {
      if (dialect == Dialect.UNKNOWN) {
        tokens.add(COMMENT);
      }
    } else if (Numbers.startsAt(text, position)) {
      int end = Numbers.end(text, position);
      add(new Token(Kind.NUMBER, "", Numbers.value(text, position, end)));
      position = end;
    } else if (Character.isUnicodeIdentifierStart(text.codePointAt(position)) || isWordMark(c)) {
      word();
    } else if (isQuote(c) && !isApostrophe(c)) {
      read(StringLiteral.at(position, text, ""));
    } else {
      operator(c);
    }
  }

  private void breakLine() {
    // A string of one line ends with it, whatever hole is open.
    while (!templates.isEmpty() && !templates.get(templates.size() - 1).isMultiline()) {
      brackets.setLength(templates.remove(templates.size() - 1).depth());
    }
    position++;
    lineStart = position;
    atLineStart = true;
  }

  /** A backslash at the end of a line: the line goes on. Moves to the line break. */
  private boolean isContinuation() {
    if (text.charAt(position) != '\\' || position + 1 >= text.length()) {
      return false;
    }
    int next = position + 1;
    if (text.charAt(next) == '\r' && next + 1 < text.length() && text.charAt(next + 1) == '\n') {
      next++;
    }
    if (text.charAt(next) != '\n') {
      return false;
    }
    position = next;
    return true;
  }

  /** Moves behind the comment at the position, if there is one. */
  private boolean skipsComment() {
    if (text.startsWith("//", position)) {
      position = lineEnd();
      return true;
    }
    if (text.startsWith("/*", position)) {
      int end = text.indexOf("*/", position + 2);
      position = end < 0 ? text.length() : end + 2;
      return true;
    }
    return false;
  }

  /** #include, #[derive] or a private member of JavaScript: anything else is a comment. */
  private boolean startsDirective() {
    if (position > 0 && text.charAt(position - 1) == '.') {
      return true;
    }
    for (String directive : DIRECTIVES) {
      if (atLineStart && text.startsWith(directive, position + 1)) {
        return true;
      }
    }
    return false;
  }

  private int lineEnd() {
    int end = position;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private void word() {
    int end = position;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      boolean ofWord = Character.isUnicodeIdentifierPart(codePoint) || codePoint == '$';
      if (!ofWord || Character.isIdentifierIgnorable(codePoint)) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    end = Math.max(end, position + 1);
    String word = text.substring(position, end);
    if (end < text.length() && isQuote(text.charAt(end)) && StringLiteral.isPrefix(word)) {
      read(StringLiteral.at(end, text, word));
      return;
    }
    add(Token.of(Words.isKeyword(word, dialect) ? Kind.KEYWORD : Kind.NAME, word));
    position = end;
  }

  /** Reads a string on, up to its end or its next hole. */
  private void read(StringLiteral literal) {
    int last = tokens.size() - 1;
    boolean ownLine = atLineStart && brackets.length() == 0 && dialect != Dialect.BRACES;
    if (!ownLine && last >= 0 && tokens.get(last).kind() == Kind.STRING) {
      literal.join(tokens.remove(last));
      atLineStart = false;
    }
    int opensHole = literal.read();
    if (literal.isPiece()) {
      add(literal.piece());
    }
    position = literal.position();
    if (opensHole > 0) {
      literal.openAt(brackets.length());
      templates.add(literal);
      add(Token.of(Kind.OPERATOR, HOLE_START));
      brackets.append('f');
      position += opensHole;
    }
  }

  /** An apostrophe that begins no string: don't, and a lifetime such as &'a in Rust. */
  private boolean isApostrophe(char c) {
    if (c != '\'' || position == 0) {
      return false;
    }
    char before = text.charAt(position - 1);
    boolean lifetime = dialect == Dialect.BRACES && (before == '<' || before == '&');
    return lifetime
        || (Character.isLetterOrDigit(before)
            && !tokens.isEmpty()
            && tokens.get(tokens.size() - 1).isName());
  }

  private void operator(char c) {
    boolean inHole = brackets.length() > 0 && brackets.charAt(brackets.length() - 1) == 'f';
    if (inHole && c == '}') {
      add(Token.of(Kind.OPERATOR, HOLE_END));
      brackets.setLength(brackets.length() - 1);
      StringLiteral literal = templates.remove(templates.size() - 1);
      literal.resume(position + 1);
      read(literal);
      return;
    }
    if (inHole && startsFormat(c)) {
      add(Token.of(Kind.OPERATOR, ":"));
      read(templates.get(templates.size() - 1).format(position + 1));
      return;
    }
    Token operator = Operators.at(position, text, dialect);
    add(operator);
    if ("([{".indexOf(c) >= 0) {
      brackets.append(c);
    } else if (")]}".indexOf(c) >= 0 && brackets.length() > 0 && !inHole) {
      brackets.setLength(brackets.length() - 1);
    }
    position += operator.text().length();
  }

  /** The : or the ! (of !r) behind the expression in a hole of an f-string. */
  private boolean startsFormat(char c) {
    boolean conversion = c == '!' && !text.startsWith("!=", position);
    return (c == ':' || conversion) && templates.get(templates.size() - 1).hasFormats();
  }

  private void add(Token token) {
    if (atLineStart) {
      atLineStart = false;
      if (dialect != Dialect.BRACES && (brackets.length() == 0 || dialect == Dialect.UNKNOWN)) {
        tokens.add(new Token(Kind.BREAK, "", column()));
      } else if (dialect == Dialect.BRACES && endsStatement(token)) {
        tokens.add(Token.END);
      }
    }
    tokens.add(token);
  }

  /** Whether a line break before a token ends a statement without a semicolon (JavaScript, Go). */
  private boolean endsStatement(Token next) {
    boolean inParentheses = brackets.length() > 0 && brackets.charAt(brackets.length() - 1) != '{';
    boolean operand = next.isName() || next.isKeyword() || next.kind() == Kind.NUMBER;
    return operand
        && !inParentheses
        && !tokens.isEmpty()
        && tokens.get(tokens.size() - 1).endsOperand();
  }

  private int column() {
    int column = 0;
    for (int i = lineStart; i < position; i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        break;
      }
      column = c == '\t' ? (column / TAB + 1) * TAB : column + 1;
    }
    return column;
  }

  private boolean isQuote(char c) {
    return c == '"' || c == '\'' || (c == '`' && dialect != Dialect.LAYOUT);
  }

  private static boolean isWordMark(char c) {
    return c == '_' || c == '$';
  }
}
