// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsCommandTest {

  @Test
  void page_isTheOneInTheDocumentation() throws IOException {
    CommandRun run = CommandRun.of("metrics");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .as("docs/metrics.md; write it anew with: gcpo-advantage metrics")
        .isEqualTo(Files.readString(Path.of("docs", "metrics.md")));
  }
}
