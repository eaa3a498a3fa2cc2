// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge itself: what it must not let pass. */
final class StrictTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apps/v1 | Deployment | {'replicaz': 1} | replicaz",
        "apps/v1 | Deployment | {'replicas': 'two'} | two",
        "v1 | Service | {'ports': [{'port': 1, 'portt': 2}]} | portt",
        "monitoring.coreos.com/v1 | PodMonitor | {'podMetricsEndpoints': [{'prt': 'a'}]} | prt",
        "monitoring.coreos.com/v1 | PrometheusRule | {'groups': [{'rulez': []}]} | rulez",
        "cert-manager.io/v1 | Certificate | {'secretNam': 'a'} | secretNam",
        "cert-manager.io/v1 | Certificate | {'issuerRef': {'name': ''}} | issuerRef.name",
        "v1 | Sercive | {} | Sercive",
      })
  void check_whatKubernetesDoesNotKnow_isRefused(
      String version, String kind, String spec, String named) {
    String document =
        "{'apiVersion': '%s', 'kind': '%s', 'metadata': {}, 'spec': %s}"
            .formatted(version, kind, spec.replace("''", "'"));

    assertThatThrownBy(() -> StrictTypes.check(JsonParser.parseString(document).getAsJsonObject()))
        .hasMessageContaining(named);
  }
}
