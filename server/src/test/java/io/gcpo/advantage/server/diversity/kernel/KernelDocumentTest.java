// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelDocumentTest {
  private static final String BEGIN = "<!-- begin: written by KernelQuality -->\n";
  private static final String END = "<!-- end: written by KernelQuality -->\n";

  @Test
  void withTables_replacesWhatStoodThere() {
    String document = KernelDocument.withTables("# a\n" + BEGIN + "old\n" + END + "b\n", "new\n");
    assertThat(document).isEqualTo("# a\n" + BEGIN + "\nnew\n\n" + END + "b\n");
    assertThat(KernelDocument.withTables(document, "new\n")).isEqualTo(document);
  }

  @Test
  void withTables_noPlace_isRefused() {
    assertThatThrownBy(() -> KernelDocument.withTables("# a\n" + END + BEGIN, "new"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kernels.md: no place");
  }
}
