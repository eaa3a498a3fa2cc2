// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program without what its author was free to choose: the tokens of each line behind its depth of
 * blocks, names that the body binds numbered by first occurrence. Programs of one form are copies.
 *
 * @param lines the tokens of each line, one space between
 */
record ProgramForm(List<String> lines) {
  ProgramForm {
    lines = List.copyOf(lines);
  }

  /** The form of a body that stands behind a prompt. */
  static ProgramForm of(String prompt, String program) {
    List<PythonLine> lines = PythonLexer.lines(program);
    Set<String> bound = LocalNames.of(prompt, lines).bound();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> forms = new ArrayList<>();
    for (PythonLine line : lines) {
      StringBuilder form = new StringBuilder().append(line.level());
      for (int i = 0; i < line.tokens().size(); i++) {
        String text = line.token(i).text();
        form.append(' ');
        if (LocalNames.isVariable(line, i) && bound.contains(text)) {
          form.append('$').append(numbers.computeIfAbsent(text, name -> numbers.size()));
        } else {
          form.append(text);
        }
      }
      forms.add(form.toString());
    }
    return new ProgramForm(forms);
  }
}
