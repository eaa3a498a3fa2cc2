// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stopping pod is given the time that the server was told it may take. */
final class StoppingTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 1, 16", "0, 5, 30, 50", "7, 3, 60, 85", "300, 300, 3600, 4215"})
  void gracePeriod_isWhatEachStepMayTake(int preStop, int delay, int timeout, long grace) {
    Rendering rendering =
        Chart.render(
            "drain.preStopSeconds=" + preStop,
            "drain.delaySeconds=" + delay,
            "drain.timeoutSeconds=" + timeout);

    assertThat(rendering.podSpec().getTerminationGracePeriodSeconds()).isEqualTo(grace);
    assertThat(rendering.env("GCPO_CONFIG_GRPC_DRAIN_DELAY")).hasValue(delay + "s");
    assertThat(rendering.env("GCPO_CONFIG_GRPC_DRAIN_TIMEOUT")).hasValue(timeout + "s");
  }

  @Test
  void preStop_whereAsked_sleeps() {
    V1Lifecycle lifecycle =
        Given.present(Chart.render("drain.preStopSeconds=7").server().getLifecycle());

    assertThat(Given.present(Given.present(lifecycle.getPreStop()).getSleep()).getSeconds())
        .isEqualTo(7);
    assertThat(Chart.render().server().getLifecycle()).isNull();
  }

  @Test
  void preStop_whereKubernetesCannotSleep_isRefused() {
    assertThatThrownBy(() -> Chart.renderAs("advantage", "1.29.9", "drain.preStopSeconds=7"))
        .hasMessageContaining("drain.preStopSeconds: 7 (expected: 0 before Kubernetes 1.30)");
    assertThat(Chart.renderAs("advantage", "1.29.9").kinds()).contains("Deployment");
  }
}
