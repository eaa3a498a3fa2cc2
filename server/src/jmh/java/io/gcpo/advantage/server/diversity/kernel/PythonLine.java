// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.List;

/**
 * A logical line of a Python program: it goes on inside brackets and after a backslash.
 *
 * @param level how many blocks it is in; 0 is the outermost of the text, however far indented
 * @param tokens at least one
 */
record PythonLine(int level, List<PythonToken> tokens) {
  PythonLine {
    tokens = List.copyOf(tokens);
  }

  /** The token at {@code index}, or one that equals nothing where there is none. */
  PythonToken token(int index) {
    return index >= 0 && index < tokens.size()
        ? tokens.get(index)
        : new PythonToken(PythonToken.Kind.OPERATOR, "", 0, 0, false);
  }
}
