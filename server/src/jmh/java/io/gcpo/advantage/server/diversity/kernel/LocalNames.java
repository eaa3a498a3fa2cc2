// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a function's body binds: parameters and what assignments, loops, {@code as} and
 * nested definitions bind, in order; and which of them it is safe to rename without knowing types
 * and scopes: none that is called, that names an argument, or that a formatted string may use.
 */
final class LocalNames {
  private static final Set<String> COMPOUND =
      Set.of("if", "elif", "else", "for", "while", "try", "except", "finally", "with");
  private static final Set<String> ASSIGNMENTS =
      Set.of("=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<=", "@=");

  private final Set<String> bound = new LinkedHashSet<>();
  private final Set<String> unsafe = new HashSet<>();

  private LocalNames() {}

  /** The names of a body that stands behind the last signature of a prompt. */
  static LocalNames of(String prompt, List<PythonLine> body) {
    LocalNames names = new LocalNames();
    List<PythonLine> signatures =
        PythonLexer.lines(prompt).stream()
            .filter(line -> line.level() == 0 && line.token(0).is("def"))
            .toList();
    if (!signatures.isEmpty()) {
      names.bindParameters(signatures.get(signatures.size() - 1));
    }
    for (PythonLine line : body) {
      names.markUnsafe(line);
      names.bind(line);
    }
    return names;
  }

  /** All of them. */
  Set<String> bound() {
    return Set.copyOf(bound);
  }

  /** Those that may be renamed, in the order in which they are bound. */
  List<String> renameable() {
    return bound.stream().filter(name -> !unsafe.contains(name)).toList();
  }

  /** Whether the token is a variable, not an attribute. */
  static boolean isVariable(PythonLine line, int index) {
    return line.token(index).isName() && !line.token(index - 1).is(".");
  }

  private void markUnsafe(PythonLine line) {
    boolean declaration =
        Set.of("global", "nonlocal", "import", "from").contains(line.token(0).text());
    for (int i = 0; i < line.tokens().size(); i++) {
      PythonToken token = line.token(i);
      if (token.kind() == PythonToken.Kind.STRING) {
        markFormatted(token.text());
      } else if (token.isName() && (declaration || isCalled(line, i) || isArgument(line, i))) {
        unsafe.add(token.text());
      }
    }
  }

  private void markFormatted(String string) {
    int quote = Math.min(indexOrEnd(string, '"'), indexOrEnd(string, '\''));
    if (string.substring(0, quote).matches("(?i)f|fr|rf")) {
      PythonLexer.lines(string.substring(quote + 1).replaceAll("[\"'#]", " ")).stream()
          .flatMap(line -> line.tokens().stream())
          .forEach(token -> unsafe.add(token.text()));
    }
  }

  private static int indexOrEnd(String string, char wanted) {
    int index = string.indexOf(wanted);
    return index < 0 ? string.length() : index;
  }

  /** Called, or the name of a function or class. */
  private static boolean isCalled(PythonLine line, int index) {
    return (isVariable(line, index) && line.token(index + 1).is("("))
        || line.token(index - 1).is("def")
        || line.token(index - 1).is("class");
  }

  /** {@code name=} in a call. */
  private static boolean isArgument(PythonLine line, int index) {
    return line.token(index + 1).is("=")
        && line.token(index).depth() > 0
        && !line.token(0).is("def");
  }

  private void bind(PythonLine line) {
    if (line.token(0).is("def")) {
      bound.add(line.token(1).text());
      bindParameters(line);
    }
    for (int i = 0; i < line.tokens().size(); i++) {
      if (line.token(i).is("for")) {
        int end = i + 1;
        while (end < line.tokens().size() && !line.token(end).is("in")) {
          end++;
        }
        bindTargets(line, i + 1, end);
      } else if (line.token(i).is("as") || line.token(i + 1).is(":=")) {
        PythonToken name = line.token(line.token(i).is("as") ? i + 1 : i);
        if (name.isName()) {
          bound.add(name.text());
        }
      }
    }
    for (int start : statements(line)) {
      bindAssigned(line, start);
    }
  }

  private void bindParameters(PythonLine signature) {
    for (int i = 0; i < signature.tokens().size(); i++) {
      boolean first =
          Set.of("(", ",", "*", "**").contains(signature.token(i - 1).text())
              && signature.token(i).depth() == 1;
      if (first && signature.token(i).isName()) {
        bound.add(signature.token(i).text());
      }
    }
  }

  /**
   * Where the simple statements of a line start: at its start or behind a header and semicolons.
   */
  private static List<Integer> statements(PythonLine line) {
    List<Integer> starts = new ArrayList<>();
    boolean header = COMPOUND.contains(line.token(0).text());
    if (!header) {
      starts.add(0);
    }
    int lambdas = 0;
    for (int i = 0; i < line.tokens().size(); i++) {
      PythonToken token = line.token(i);
      if (token.is("lambda")) {
        lambdas++;
      } else if (token.is(":") && lambdas > 0) {
        lambdas--;
      } else if (token.depth() == 0 && (token.is(";") || (header && token.is(":")))) {
        header = false;
        starts.add(i + 1);
      }
    }
    return starts;
  }

  private void bindAssigned(PythonLine line, int start) {
    int from = start;
    for (int i = start; i < line.tokens().size() && !line.token(i).is(";"); i++) {
      if (line.token(i).is("lambda")) {
        return;
      }
      if (line.token(i).depth() == 0 && ASSIGNMENTS.contains(line.token(i).text())) {
        bindTargets(line, from, i);
        from = i + 1;
      }
    }
  }

  /** Names in a list of targets, none in an index, an attribute or a type behind a colon. */
  private void bindTargets(PythonLine line, int from, int to) {
    int indexDepth = Integer.MAX_VALUE;
    for (int i = from; i < to; i++) {
      PythonToken token = line.token(i);
      if (token.is(":") && indexDepth == Integer.MAX_VALUE) {
        return;
      }
      if (token.depth() <= indexDepth && (token.is("]") || token.is(")"))) {
        indexDepth = Integer.MAX_VALUE;
      } else if (indexDepth == Integer.MAX_VALUE && opensIndex(line, from, i)) {
        indexDepth = token.depth();
      } else if (indexDepth == Integer.MAX_VALUE
          && isVariable(line, i)
          && !Set.of(".", "[", "(").contains(line.token(i + 1).text())) {
        bound.add(token.text());
      }
    }
  }

  private static boolean opensIndex(PythonLine line, int from, int index) {
    PythonToken before = line.token(index - 1);
    return (line.token(index).is("[") || line.token(index).is("("))
        && index > from
        && (before.isName() || before.is("]") || before.is(")"));
  }
}
