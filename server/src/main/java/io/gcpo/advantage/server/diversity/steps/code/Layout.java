// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns the lines and columns of Python into blocks between {@link Token#INDENT} and {@link
 * Token#DEDENT} and statements before {@link Token#END}. How far a block is indented does not
 * count, nor whether it is on the line of its header, nor whether {@code elif} is written as an
 * {@code if} inside {@code else}; statements that are a mere string are gone. Linear. Confined to
 * one thread.
 */
final class Layout {
  private static final Set<String> HEADERS =
      Set.of(
          "if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with",
          "async");

  private final List<Token> lines;
  private final List<Token> blocks = new ArrayList<>();
  private final List<Level> levels = new ArrayList<>();
  private boolean headerOpen; // the last line ended with a header, its block is to come

  /** A block that is open: its column, and the blocks that its elifs have opened. */
  private static final class Level {
    private int column;
    private int chained;

    private Level(int column) {
      this.column = column;
    }
  }

  private Layout(List<Token> lines) {
    this.lines = lines;
  }

  /** The tokens of {@link Dialect#LAYOUT} as blocks. */
  static List<Token> blocks(List<Token> lines) {
    Layout layout = new Layout(lines);
    layout.readAll();
    return layout.blocks;
  }

  private void readAll() {
    levels.add(new Level(firstColumn()));
    int start = 0;
    while (start < lines.size()) {
      int end = start + 1;
      while (end < lines.size() && lines.get(end).kind() != Kind.BREAK) {
        end++;
      }
      readLine(start == 0 ? top().column : (int) lines.get(start).value(), start + 1, end);
      start = end;
    }
    while (levels.size() > 1) {
      closeLevel();
    }
    closeChain(levels.get(0));
  }

  /** The column of the outer block; the first line of a body may have lost its spaces. */
  private int firstColumn() {
    int first = -1;
    int least = Integer.MAX_VALUE;
    int second = -1;
    for (Token token : lines) {
      if (token.kind() == Kind.BREAK && first < 0) {
        first = (int) token.value();
      } else if (token.kind() == Kind.BREAK) {
        second = second < 0 ? (int) token.value() : second;
        least = Math.min(least, (int) token.value());
      }
    }
    boolean header = lines.size() > 1 && HEADERS.contains(lines.get(1).text());
    boolean stripped = second >= 0 && first < least && (!header || second > least);
    return stripped ? least : first;
  }

  private void readLine(int column, int start, int end) {
    boolean block = headerOpen && column > top().column;
    headerOpen = false;
    if (block) {
      blocks.add(Token.INDENT);
      levels.add(new Level(column));
    } else {
      while (levels.size() > 1 && column <= levels.get(levels.size() - 2).column) {
        closeLevel();
      }
      top().column = column;
    }
    int statement = start;
    int inline = 0;
    while (statement < end) {
      int statementEnd = statement;
      int header = headerEnd(statement, end);
      if (header < 0) {
        while (statementEnd < end && !lines.get(statementEnd).is(";")) {
          statementEnd++;
        }
        simple(statement, statementEnd, inline > 0);
      } else {
        statementEnd = header;
        header(statement, header);
        if (header + 1 < end) {
          blocks.add(Token.INDENT);
          inline++;
        } else {
          headerOpen = true;
        }
      }
      statement = statementEnd + 1;
    }
    for (int i = 0; i < inline; i++) {
      blocks.add(Token.DEDENT);
    }
  }

  private void simple(int start, int end, boolean inline) {
    boolean string = end - start == 1 && lines.get(start).kind() == Kind.STRING;
    if (start < end && !string) {
      if (!inline) {
        closeChain(top());
      }
      blocks.addAll(lines.subList(start, end));
      blocks.add(Token.END);
    }
  }

  private void header(int start, int end) {
    Token first = lines.get(start);
    if (first.is("elif")) {
      blocks.add(Token.of(Kind.KEYWORD, "else"));
      blocks.add(Token.END);
      blocks.add(Token.INDENT);
      blocks.add(Token.of(Kind.KEYWORD, "if"));
      top().chained++;
    } else {
      if (!first.is("else")) {
        closeChain(top());
      }
      blocks.add(first);
    }
    blocks.addAll(lines.subList(start + 1, end));
    blocks.add(Token.END);
  }

  /** The colon that ends the header of a block, -1 if a statement has none. */
  private int headerEnd(int start, int end) {
    if (!HEADERS.contains(lines.get(start).text())) {
      return -1;
    }
    int depth = 0;
    int lambdas = 0;
    for (int i = start; i < end; i++) {
      Token token = lines.get(i);
      if (token.is(";")) {
        return -1;
      } else if (token.opens()) {
        depth++;
      } else if (token.closes()) {
        depth--;
      } else if (depth == 0 && token.is("lambda")) {
        lambdas++;
      } else if (depth == 0 && token.is(":") && lambdas-- == 0) {
        return i;
      }
    }
    return -1;
  }

  private Level top() {
    return levels.get(levels.size() - 1);
  }

  private void closeLevel() {
    closeChain(top());
    levels.remove(levels.size() - 1);
    blocks.add(Token.DEDENT);
  }

  private void closeChain(Level level) {
    for (; level.chained > 0; level.chained--) {
      blocks.add(Token.DEDENT);
    }
  }
}
