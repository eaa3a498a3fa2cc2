// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = y | x",
        "x = z = y | x z",
        "x, (y, *z) = w | x y z",
        "[x, y] = z | x y",
        "x += y | x",
        "x: int = 0 | x",
        "x == y | ''",
        "x[i] = 0 | ''",
        "x[i], y = 0, 0 | y",
        "x.y = 0 | ''",
        "x.y[i](z), w = 0 | w",
        "f(x=1) | ''",
        "if a == b: x = 1; y = 2 | x y",
        "while (n := f()) > 0: x = n | n x",
        "for x, (y, z) in w: v = x | x y z v",
        "return [x for x in y if x] | x",
        "with open(f) as x: pass | x",
        "except ValueError as x: pass | x",
        "if (lambda a: a)(b): x = 1 | x",
        "else: x = 1 | x",
        "def g(x, y=1, *z): pass | g x y z",
        "global x | ''",
      })
  void bound_ofALine(String line, String expected) {
    assertThat(LocalNames.of("", PythonLexer.lines(line)).bound())
        .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "def f(x, y): | x y",
        "def f(x: List[int], y: Dict[str, int] = {}, *args, **rest) -> int: | x y args rest",
        "def f(): | ''",
        "x = 1 | ''",
      })
  void renameable_parametersOfThePrompt(String prompt, String expected) {
    assertThat(LocalNames.of(prompt, PythonLexer.lines("return 0")).renameable())
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }
}
