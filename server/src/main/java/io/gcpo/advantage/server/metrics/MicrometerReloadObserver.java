// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what becomes of files that are replaced while the server runs. Thread-safe. */
final class MicrometerReloadObserver implements ReloadObserver {
  private final Map<Credential, Meters> meters = new EnumMap<>(Credential.class);

  MicrometerReloadObserver(MeterRegistry registry) {
    for (Credential credential : Credential.values()) {
      meters.put(credential, new Meters(registry, credential.label()));
    }
  }

  @Override
  public void taken(Credential credential) {
    of(credential).taken.increment();
  }

  @Override
  public void refused(Credential credential) {
    of(credential).refused.increment();
  }

  @Override
  public void stale(Credential credential, boolean stale) {
    of(credential).stale.set(stale ? 1 : 0);
  }

  private Meters of(Credential credential) {
    return Objects.requireNonNull(meters.get(credential));
  }

  /** Of one credential. */
  private static final class Meters {
    private final AtomicInteger stale = new AtomicInteger();
    private final Counter taken;
    private final Counter refused;

    Meters(MeterRegistry registry, String credential) {
      taken = reloads(registry, credential, "taken");
      refused = reloads(registry, credential, "refused");
      Gauge.builder(MetricNames.CREDENTIAL_STALE, stale, AtomicInteger::get)
          .description("1 while the files on disk are refused and those before stay in use, else 0")
          .tag(MetricNames.CREDENTIAL, credential)
          .strongReference(true)
          .register(registry);
    }

    private static Counter reloads(MeterRegistry registry, String credential, String outcome) {
      return Counter.builder(MetricNames.CREDENTIAL_RELOADS)
          .description("Changes of certificate and token files, by whether they were good")
          .baseUnit("reloads")
          .tag(MetricNames.CREDENTIAL, credential)
          .tag(MetricNames.OUTCOME, outcome)
          .register(registry);
    }
  }
}
