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

/** 500 clients that take their time: the honest one does not notice, and each is ended on time. */
class SlowClientsTest {
  private static final FaultReport REPORT = new FaultReport("slow-clients");
  private static final int CLIENTS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The defaults' kin, short enough to wait for. */
  private static final String LIMIT = Scale.of(1, 10) + "s";

  /** Of every call, the victim's too. */
  private static final String LONGEST_CALL = "10s";

  @TempDir private static Path folder;
  private static AttackedServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new AttackedServer(
            folder,
            List.of("-Xmx1g"),
            Map.of(
                "embedding.token-budget", "512",
                "grpc.connection.handshake-timeout", LIMIT,
                "grpc.connection.max-idle", LIMIT,
                "admission.body-timeout", LIMIT,
                "admission.max-deadline", LONGEST_CALL),
            REPORT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    REPORT.finish();
  }

  @ParameterizedTest
  @EnumSource
  void slowClients_areEndedOnTime(SlowClients kind) throws Exception {
    AttackTally tally =
        server.suffer(
            kind.name(), counted -> kind.run(server.port(), counted, CLIENTS, PATIENCE.toNanos()));

    assertThat(tally.connections()).isEqualTo(CLIENTS);
    assertThat(SlowClients.ended(tally)).as(tally.ends().toString()).isEqualTo(CLIENTS);
  }
}
