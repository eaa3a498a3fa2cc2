// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

/** The programs in a text of Markdown: what stands between lines of three backticks or tildes. */
final class CodeFences {
  private static final String BACKTICKS = "```";
  private static final String TILDES = "~~~";

  private CodeFences() {}

  /**
   * The fenced lines, without the prose around them and the fences themselves; the whole text where
   * there is no fence or nothing in it. A fence without its end reaches to the end of the text.
   */
  static String within(String text) {
    String programs = lines(text, true);
    return programs.isBlank() ? text : programs;
  }

  /** What {@link #within} leaves out but for the fences themselves; empty where it is nothing. */
  static String around(String text) {
    return lines(text, true).isBlank() ? "" : lines(text, false);
  }

  /** The lines that are fenced, or those that are not. */
  private static String lines(String text, boolean fenced) {
    if (!text.contains(BACKTICKS) && !text.contains(TILDES)) {
      return fenced ? "" : text;
    }
    StringBuilder lines = new StringBuilder();
    String fence = "";
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      String mark = markAt(text, start, end);
      if (fence.isEmpty() && !mark.isEmpty()) {
        fence = mark;
      } else if (!fence.isEmpty() && fence.equals(mark)) {
        fence = "";
      } else if (fence.isEmpty() != fenced) {
        lines.append(text, start, end);
      }
      start = end;
    }
    return lines.toString();
  }

  /** The fence that a line begins with, after spaces; empty for another line. */
  private static String markAt(String text, int start, int end) {
    int first = start;
    while (first < end && text.charAt(first) == ' ') {
      first++;
    }
    if (text.startsWith(BACKTICKS, first)) {
      return BACKTICKS;
    }
    return text.startsWith(TILDES, first) ? TILDES : "";
  }
}
