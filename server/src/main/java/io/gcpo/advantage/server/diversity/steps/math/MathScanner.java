// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/**
 * Turns a worked solution into tokens: numbers, operators in ASCII, Unicode and LaTeX, brackets,
 * words, ends of sentences. One pass, one thread's.
 */
final class MathScanner {
  private final String text;
  private final NumberReader numbers;
  private final Groups groups;
  private final Tokens tokens = new Tokens();
  private int position;

  private MathScanner(String text) {
    this.text = text;
    this.numbers = new NumberReader(text);
    this.groups = new Groups(tokens);
  }

  /** The tokens of the text, a BREAK last. Never fails. */
  static Tokens scan(String text) {
    MathScanner scanner = new MathScanner(text);
    while (scanner.position < text.length()) {
      scanner.next();
    }
    scanner.tokens.add(Symbol.BREAK);
    return scanner.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    if (groups.isText() && c != '{' && c != '}') {
      position++;
    } else if (numbers.startsAt(position)) {
      number();
    } else if (Character.isLetter(c)) {
      word();
    } else if (c == '\\') {
      command();
    } else {
      mark(c);
      position++;
    }
  }

  private void number() {
    tokens.add(Symbol.NUMBER, numbers.read(position));
    position = numbers.end();
  }

  /** Letters, and digits behind them: those are part of a name. */
  private void word() {
    int start = position;
    while (position < text.length() && isOfWord(text.charAt(position))) {
      position++;
    }
    if (position - start == 1 && (isTimes(start) || isUnknown(start))) {
      letter(start);
      return;
    }
    if (tokens.last() == Symbol.NUMBER && Words.isPercent(text, start, position)) {
      percent();
      return;
    }
    double share = Words.share(text, start, position);
    if (share > 0) {
      tokens.add(Symbol.SHARE, share);
      return;
    }
    Symbol meaning = Words.meaning(text, start, position);
    // "is equal to", "equals = ": one sign of equality.
    if (meaning == Symbol.EQUALS && tokens.last() == Symbol.COPULA) {
      tokens.truncate(tokens.size() - 1);
    }
    tokens.add(meaning);
  }

  private void letter(int start) {
    if (isTimes(start)) {
      tokens.add(Symbol.TIMES);
      return;
    }
    if (start > 0 && Character.isDigit(text.charAt(start - 1)) && tokens.last().isOperand()) {
      tokens.add(Symbol.TIMES);
    }
    tokens.add(Symbol.UNKNOWN, Character.toLowerCase(text.charAt(start)));
  }

  /** An x between two operands. */
  private boolean isTimes(int index) {
    char c = text.charAt(index);
    if (c != 'x' && c != 'X') {
      return false;
    }
    boolean behindOperand = tokens.last() != Symbol.WORD || charBefore(index) == ' ';
    char following = afterSpaces(index + 1);
    boolean beforeOperand =
        Character.isDigit(following) || following == '$' || following == '(' || following == '.';
    return behindOperand
        && beforeOperand
        && tokens.last() != Symbol.BREAK
        && !tokens.last().isOperator()
        && tokens.last() != Symbol.EQUALS;
  }

  /** A letter that takes part in arithmetic: a unit or an article does not. */
  private boolean isUnknown(int index) {
    char before = charBefore(index);
    if (before == '\'' || before == '\u2019') {
      return false;
    }
    char following = afterSpaces(index + 1);
    boolean beforeOperator = "=+*/^)-".indexOf(following) >= 0;
    boolean behindOperator = tokens.last().isOperator() || tokens.last() == Symbol.EQUALS;
    if (Character.isDigit(before)) {
      return "xyzn".indexOf(Character.toLowerCase(text.charAt(index))) >= 0;
    }
    boolean unit = tokens.last().isOperand() || before == '/';
    return !unit && (beforeOperator || behindOperator);
  }

  private void percent() {
    double value = tokens.value(tokens.size() - 1);
    tokens.truncate(tokens.size() - 1);
    tokens.add(Symbol.SHARE, value / 100);
  }

  private void command() {
    int start = position + 1;
    int end = start;
    while (end < text.length() && isAsciiLetter(text.charAt(end))) {
      end++;
    }
    if (end == start) {
      escape(start);
      return;
    }
    position = end;
    switch (Latex.of(text, start, end)) {
      case TIMES -> tokens.add(Symbol.TIMES);
      case DIVIDE -> tokens.add(Symbol.DIVIDE);
      case EQUALS -> equality(Symbol.EQUALS);
      case FRACTION -> groups.expectFraction();
      case ROOT -> groups.expectRoot();
      case TEXT -> groups.expectText();
      case BREAK -> tokens.add(Symbol.BREAK);
      case NOTHING -> {
        // Nothing to keep.
      }
      case OTHER -> tokens.add(Symbol.WORD);
    }
  }

  /** A backslash before something other than a letter. */
  private void escape(int start) {
    char c = start < text.length() ? text.charAt(start) : ' ';
    if (c == '%' && tokens.last() == Symbol.NUMBER) {
      percent();
    } else if (c == '\\') {
      tokens.add(Symbol.BREAK);
    }
    // Otherwise a delimiter of mathematics, a space or a currency sign.
    position = Math.min(start + 1, text.length());
  }

  private void mark(char c) {
    switch (c) {
      case '+' -> tokens.add(Symbol.PLUS);
      case '-', '\u2013' -> minus();
      case '\u2212' -> tokens.add(Symbol.MINUS);
      case '*' -> star();
      case '\u00d7', '\u00b7', '\u22c5', '\u2217', '\u2219', '\u2715' -> tokens.add(Symbol.TIMES);
      case '/' -> slash();
      case '\u00f7', '\u2215', '\u2044' -> tokens.add(Symbol.DIVIDE);
      case '^' -> tokens.add(Symbol.POWER);
      case '=' -> equalsSign();
      case '\u2248', '\u2243', '\u2245', '\u2261' -> equality(Symbol.EQUALS);
      case '\u2192', '\u21d2', '\u27f9' -> equality(Symbol.COPULA);
      case '(', '[' -> open();
      case ')', ']' -> tokens.add(Symbol.CLOSE);
      case '{' -> groups.open();
      case '}' -> groups.close();
      case '%' -> percentSign();
      case '\u00bd' -> fraction(0.5);
      case '\u00bc' -> fraction(0.25);
      case '\u00be' -> fraction(0.75);
      case '\u2153' -> fraction(1.0 / 3);
      case '\u2154' -> fraction(2.0 / 3);
      case '\u00b2' -> power(2);
      case '\u00b3' -> power(3);
      case '.', ':' -> stop();
      case '\n', '\r', ';', '?', '!', '|', '<', '>', '\u2260', '\u2264', '\u2265' ->
          tokens.add(Symbol.BREAK);
      case ' ', '\t', '\u00a0', '$', '\u20ac', '\u00a3', '\u00a5', '&' -> {
        // Spaces, currencies and LaTeX's columns: nothing to keep.
      }
      default -> tokens.add(Symbol.WORD);
    }
  }

  /** A hyphen in a compound and a bullet are no operators. */
  private void minus() {
    char before = charBefore(position);
    char after = charAt(position + 1);
    boolean compound = Character.isLetter(after) && Character.isLetterOrDigit(before);
    boolean bullet = tokens.last() == Symbol.BREAK && after == ' ';
    if (after == '>') {
      equality(Symbol.COPULA);
      position++;
    } else {
      tokens.add(compound || bullet ? Symbol.WORD : Symbol.MINUS);
    }
  }

  /** A product, a power if doubled between operands; otherwise a bullet or an emphasis. */
  private void star() {
    boolean doubled = charAt(position + 1) == '*';
    char following = afterSpaces(position + (doubled ? 2 : 1));
    boolean between =
        (tokens.last().isOperand() || tokens.last() == Symbol.CLOSE || tokens.last() == Symbol.WORD)
            && (Character.isLetterOrDigit(following) || "($.\\-".indexOf(following) >= 0);
    if (doubled) {
      position++;
      if (between && charAt(position + 1) != ' ' && tokens.last() != Symbol.WORD) {
        tokens.add(Symbol.POWER);
      }
    } else if (between) {
      tokens.add(Symbol.TIMES);
    }
  }

  /** A division, unless what follows is a unit: 60 dollars/hour. */
  private void slash() {
    char following = afterSpaces(position + 1);
    boolean operand = Character.isDigit(following) || "($.\\-".indexOf(following) >= 0;
    tokens.add(operand ? Symbol.DIVIDE : Symbol.WORD);
  }

  private void equalsSign() {
    char before = charBefore(position);
    if (charAt(position + 1) == '>') {
      equality(Symbol.COPULA);
      position++;
    } else if ("<>!+-*/".indexOf(before) >= 0) {
      tokens.add(Symbol.BREAK);
    } else {
      equality(Symbol.EQUALS);
    }
  }

  /** Several signs in a row are one. */
  private void equality(Symbol symbol) {
    if (tokens.last() == Symbol.COPULA) {
      tokens.truncate(tokens.size() - 1);
    }
    if (tokens.last() != Symbol.EQUALS) {
      tokens.add(symbol);
    }
  }

  /** A bracket right behind an operand multiplies. */
  private void open() {
    boolean adjacent = charBefore(position) != ' ';
    if (adjacent && (tokens.last().isOperand() || tokens.last() == Symbol.CLOSE)) {
      tokens.add(Symbol.TIMES);
    }
    tokens.add(Symbol.OPEN);
  }

  private void percentSign() {
    if (tokens.last() == Symbol.NUMBER) {
      percent();
    }
  }

  /** A vulgar fraction; with the number it stands at, a mixed number. */
  private void fraction(double value) {
    boolean mixed = tokens.last() == Symbol.NUMBER && Character.isDigit(charBefore(position));
    double whole = mixed ? tokens.value(tokens.size() - 1) : 0;
    if (mixed) {
      tokens.truncate(tokens.size() - 1);
    }
    tokens.add(mixed ? Symbol.NUMBER : Symbol.SHARE, whole + value);
  }

  private void power(int exponent) {
    tokens.add(Symbol.POWER);
    tokens.add(Symbol.NUMBER, exponent);
  }

  /** A full stop or a colon ends a sentence where a space or nothing follows. */
  private void stop() {
    char after = charAt(position + 1);
    boolean end = after == '\0' || Character.isWhitespace(after);
    tokens.add(end ? Symbol.BREAK : Symbol.WORD);
  }

  private char afterSpaces(int index) {
    int next = index;
    // A bounded look: further away nothing belongs to an operator.
    while (next < text.length() && next < index + 4 && text.charAt(next) == ' ') {
      next++;
    }
    return charAt(next);
  }

  private char charBefore(int index) {
    return index > 0 ? text.charAt(index - 1) : ' ';
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
