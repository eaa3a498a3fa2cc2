// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes copies of Python programs that do the same: with other names, another layout, or both.
 *
 * <p>A renaming changes parameters and local variables, nothing else, not even the length of a
 * line's indentation; see {@link LocalNames}. A layout changes indentation, comments, blank lines,
 * line breaks inside brackets and spaces around operators and inside brackets; strings stay as they
 * are. It shares nothing with the step extractor.
 */
final class ProgramMutator {
  private static final List<String> NAMES =
      List.of(
          "value",
          "item",
          "total",
          "index",
          "left",
          "right",
          "result",
          "count",
          "data",
          "temp",
          "current",
          "number",
          "first",
          "second",
          "flag",
          "position",
          "entry",
          "element",
          "answer",
          "acc",
          "ptr",
          "begin",
          "finish",
          "size",
          "n1",
          "n2",
          "aa",
          "bb",
          "u",
          "v",
          "qq",
          "zz");

  private final String prompt;
  private final Random random;

  /** For bodies that stand behind {@code prompt}. */
  ProgramMutator(String prompt, Random random) {
    this.prompt = prompt;
    this.random = random;
  }

  /** The program with every safe name replaced by another. */
  String rename(String program) {
    List<PythonLine> lines = PythonLexer.lines(program);
    Map<String, String> names = newNames(lines);
    StringBuilder renamed = new StringBuilder();
    int copied = 0;
    for (PythonLine line : lines) {
      for (int i = 0; i < line.tokens().size(); i++) {
        PythonToken token = line.token(i);
        if (LocalNames.isVariable(line, i) && names.containsKey(token.text())) {
          renamed.append(program, copied, token.start()).append(names.get(token.text()));
          copied = token.start() + token.text().length();
        }
      }
    }
    return renamed.append(program, copied, program.length()).toString();
  }

  /** The program in another layout. */
  String reformat(String program) {
    return new ProgramLayout(random).of(PythonLexer.lines(program));
  }

  private Map<String, String> newNames(List<PythonLine> lines) {
    Set<String> taken = new HashSet<>();
    lines.forEach(line -> line.tokens().forEach(token -> taken.add(token.text())));
    PythonLexer.lines(prompt)
        .forEach(line -> line.tokens().forEach(token -> taken.add(token.text())));
    List<String> free = new ArrayList<>(NAMES);
    free.removeAll(taken);
    Collections.shuffle(free, random);
    Map<String, String> names = new HashMap<>();
    for (String name : LocalNames.of(prompt, lines).renameable()) {
      int next = names.size();
      names.put(name, next < free.size() ? free.get(next) : "name" + next);
    }
    return names;
  }
}
