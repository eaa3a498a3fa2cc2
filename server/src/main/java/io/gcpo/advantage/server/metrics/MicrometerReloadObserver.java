// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.ServerMetrics;
import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what becomes of files that are replaced while the server runs. Thread-safe. */
final class MicrometerReloadObserver implements ReloadObserver {
  private final MeterRegistry registry;
  private final Map<Credential, OfCredential> meters = new EnumMap<>(Credential.class);
  private final Map<Credential, Instant> expiries = new ConcurrentHashMap<>();

  MicrometerReloadObserver(MeterRegistry registry) {
    this.registry = registry;
    for (Credential credential : Credential.values()) {
      meters.put(credential, new OfCredential(registry, credential.label()));
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

  /** A gauge from now on: without certificates there is nothing that could expire. */
  @Override
  public void expires(Credential credential, Instant notAfter) {
    if (expiries.put(credential, notAfter) == null) {
      Meters.gauge(
          registry,
          ServerMetrics.CERTIFICATE_NOT_AFTER,
          () -> expiries.getOrDefault(credential, notAfter).getEpochSecond(),
          MetricNames.CREDENTIAL,
          credential.label());
    }
  }

  private OfCredential of(Credential credential) {
    return Objects.requireNonNull(meters.get(credential));
  }

  /** Of one credential. */
  private static final class OfCredential {
    private final AtomicInteger stale = new AtomicInteger();
    private final Counter taken;
    private final Counter refused;

    OfCredential(MeterRegistry registry, String credential) {
      taken = reloads(registry, credential, "taken");
      refused = reloads(registry, credential, "refused");
      Meters.gauge(
          registry, ServerMetrics.CREDENTIAL_STALE, stale::get, MetricNames.CREDENTIAL, credential);
    }

    private static Counter reloads(MeterRegistry registry, String credential, String outcome) {
      return Meters.counter(
          registry,
          ServerMetrics.CREDENTIAL_RELOADS,
          MetricNames.CREDENTIAL,
          credential,
          MetricNames.OUTCOME,
          outcome);
    }
  }
}
