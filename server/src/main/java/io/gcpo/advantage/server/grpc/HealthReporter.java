// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import jakarta.inject.Inject;
import java.util.List;

/** grpc.health.v1, following readiness: for the server as a whole ("") and for each service. */
final class HealthReporter {
  private static final List<String> NAMES =
      List.of("", AdvantageServiceGrpc.SERVICE_NAME, InfoServiceGrpc.SERVICE_NAME);

  private final HealthStatusManager statuses = new HealthStatusManager();

  @Inject
  HealthReporter() {
    report(false);
  }

  BindableService service() {
    return statuses.getHealthService();
  }

  /** Reports what {@code readiness} says, from now on. */
  void follow(Readiness readiness) {
    readiness.addListener(this::report);
  }

  /** NOT_SERVING for good. */
  void endServing() {
    statuses.enterTerminalState();
  }

  private void report(boolean ready) {
    for (String name : NAMES) {
      statuses.setStatus(name, ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }
  }
}
