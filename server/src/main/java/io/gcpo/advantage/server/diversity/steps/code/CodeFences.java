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
    if (!text.contains(BACKTICKS) && !text.contains(TILDES)) {
      return text;
    }
    StringBuilder programs = new StringBuilder();
    String fence = "";
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      String mark = markAt(text, start, end);
      if (fence.isEmpty()) {
        fence = mark;
      } else if (fence.equals(mark)) {
        fence = "";
      } else {
        programs.append(text, start, end);
      }
      start = end;
    }
    return programs.toString().isBlank() ? text : programs.toString();
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
