// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import org.junit.jupiter.api.Test;

class CodeFencesTest {

  @Test
  void fencedLinesAreKept() {
    assertThat(CodeFences.within("Here:\n```python\na = 1\n```\nand\n  ~~~\nb = 2\n~~~\ndone"))
        .isEqualTo("a = 1\nb = 2\n");
  }

  @Test
  void aFenceWithoutItsEndReachesToTheEnd() {
    assertThat(CodeFences.within("Here:\n```\na = 1\n~~~\nb = 2")).isEqualTo("a = 1\n~~~\nb = 2");
  }

  @Test
  void aTextWithoutAFenceIsKeptWhole() {
    for (String text : new String[] {"", "a = 1", "say ``` inline", "```\n```", "```\n \n```\n"}) {
      assertThat(CodeFences.within(text)).isEqualTo(text);
    }
  }

  @Test
  void proseAroundAProgramChangesNothing() {
    String program = "def f(n):\n    return n * 2\n";
    String answer = "We double the number, as asked.\n```python\n" + program + "```\nThat is all.";
    assertThat(bag(answer)).isEqualTo(bag(program));
    assertThat(CodeBags.looksLikeCode(answer)).isTrue();
  }

  private static FeatureBag bag(String text) {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    CodeSteps.collect(text, builder);
    return builder.build();
  }
}
