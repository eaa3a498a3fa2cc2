// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An attacker at line rate: the honest client does not notice, and the server hardly. */
class FloodTest {
  private static final FaultReport REPORT = new FaultReport("floods");
  private static final Duration LENGTH = Duration.ofMillis(Scale.of(700, 10_000));

  @TempDir private static Path folder;
  private static AttackedServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new AttackedServer(
            folder, List.of("-Xmx512m"), Map.of("embedding.token-budget", "512"), REPORT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    REPORT.finish();
  }

  @ParameterizedTest
  @EnumSource
  void flood_isBorneOrEnded(Flood flood) throws Exception {
    AttackTally tally =
        server.suffer(
            flood.name(),
            counted -> flood.run(server.port(), counted, System.nanoTime() + LENGTH.toNanos()));

    assertThat(tally.connections()).isPositive();
    if (!flood.ends().isEmpty()) {
      assertThat(tally.ends().keySet())
          .as("%s: how it ended", flood)
          .containsAnyElementsOf(flood.ends());
    }
  }
}
