// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.reload.Credential;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrometerReloadObserverTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final MicrometerReloadObserver observer = new MicrometerReloadObserver(registry);

  @Test
  void reloads_areCountedByCredentialAndOutcome() {
    observer.taken(Credential.IDENTITY);
    observer.refused(Credential.CLIENT_CA);
    observer.refused(Credential.CLIENT_CA);

    assertThat(reloads("identity", "taken")).isEqualTo(1);
    assertThat(reloads("identity", "refused")).isZero();
    assertThat(reloads("client_ca", "taken")).isZero();
    assertThat(reloads("client_ca", "refused")).isEqualTo(2);
  }

  @Test
  void stale_isTheLastWord() {
    observer.stale(Credential.IDENTITY, true);
    assertThat(stale("identity")).isEqualTo(1);
    assertThat(stale("client_ca")).isZero();
    observer.stale(Credential.IDENTITY, false);
    assertThat(stale("identity")).isZero();
  }

  @Test
  void expires_isThereOnceKnown_andTheLastWord() {
    assertThat(registry.scrape()).doesNotContain("gcpo_certificate_not_after_seconds");
    observer.expires(Credential.IDENTITY, Instant.ofEpochSecond(100));
    observer.expires(Credential.IDENTITY, Instant.ofEpochSecond(200));
    assertThat(sample("gcpo_certificate_not_after_seconds{credential=\"identity\"}"))
        .isEqualTo(200);
    assertThat(registry.scrape()).doesNotContain("seconds{credential=\"client_ca\"}");
  }

  private double reloads(String credential, String outcome) {
    return sample(
        "gcpo_credential_reloads_total{credential=\"%s\",outcome=\"%s\"}"
            .formatted(credential, outcome));
  }

  private double stale(String credential) {
    return sample("gcpo_credential_stale{credential=\"%s\"}".formatted(credential));
  }

  private double sample(String name) {
    return Exposition.of(registry).sample(name);
  }
}
