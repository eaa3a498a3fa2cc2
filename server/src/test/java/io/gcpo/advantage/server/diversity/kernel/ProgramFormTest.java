// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramFormTest {
  private static final String PROMPT = "def f(a, b):\n";

  @Test
  void of_copy_isEqual() {
    assertThat(form("    x = a+1 # why\n    return x\n"))
        .isEqualTo(form("  y=a  + 1\n\n  return y"));
  }

  @Test
  void of_otherProgram_differs() {
    ProgramForm form = form("    x = a + 1\n    return x\n");
    assertThat(form("    x = a + 2\n    return x\n")).isNotEqualTo(form);
    assertThat(form("    x = a + 1\n    return a\n")).isNotEqualTo(form);
    assertThat(form("    x = len + 1\n    return x\n")).isNotEqualTo(form);
    assertThat(form("    if a:\n        x\n    y\n"))
        .isNotEqualTo(form("    if a:\n        x\n        y\n"));
  }

  private static ProgramForm form(String program) {
    return ProgramForm.of(PROMPT, program);
  }
}
