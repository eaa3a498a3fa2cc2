// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerAuthObserverTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final AuthObserver observer =
      new GuardedAuthObserver(new MicrometerAuthObserver(registry), () -> 0);

  @Test
  void refusals_areCountedByReason() {
    observer.refused(Reason.TOKEN_INVALID);
    observer.refused(Reason.TOKEN_INVALID);
    observer.refused(Reason.TOKEN_MISSING);

    assertThat(failures("TOKEN_INVALID")).isEqualTo(2);
    assertThat(failures("TOKEN_MISSING")).isEqualTo(1);
    assertThat(failures("TOKEN_MALFORMED")).isZero();
  }

  private double failures(String reason) {
    return Exposition.of(registry)
        .sample("gcpo_auth_failures_total{reason=\"%s\"}".formatted(reason));
  }
}
