// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EstimatorsCommandTest {

  @Test
  void page_isTheOneInTheDocumentation() throws IOException {
    CommandRun run = CommandRun.withModel("estimators");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .as("docs/estimators.md; write it anew with: gcpo-advantage estimators")
        .isEqualTo(Files.readString(Path.of("docs", "estimators.md")));
  }
}
