// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/**
 * Turns a worked solution into tokens: numbers, operators in ASCII, Unicode and LaTeX, brackets,
 * words, ends of sentences. One pass, one thread's.
 */
final class MathScanner {
  private final Cursor cursor;
  private final Tokens tokens = new Tokens();
  private final Groups groups = new Groups(tokens);
  private final NumberReader numbers;
  private final WordReader words;
  private final CommandReader commands;
  private final MarkReader marks;

  private MathScanner(String text) {
    this.cursor = new Cursor(text);
    this.numbers = new NumberReader(text);
    this.words = new WordReader(cursor, tokens);
    this.commands = new CommandReader(cursor, tokens, groups);
    this.marks = new MarkReader(cursor, tokens, groups);
  }

  /** The tokens of the text, a BREAK last. Never fails. */
  static Tokens scan(String text) {
    MathScanner scanner = new MathScanner(text);
    while (!scanner.cursor.isAtEnd()) {
      scanner.next();
    }
    scanner.tokens.add(Symbol.BREAK);
    return scanner.tokens;
  }

  private void next() {
    char c = cursor.here();
    if (groups.isText() && c != '{' && c != '}') {
      cursor.moveTo(cursor.position() + 1);
    } else if (numbers.startsAt(cursor.position())) {
      tokens.add(Symbol.NUMBER, numbers.read(cursor.position()));
      cursor.moveTo(numbers.end());
    } else if (Character.isLetter(c)) {
      words.read();
    } else if (c == '\\') {
      commands.read();
    } else {
      marks.read();
    }
  }
}
