// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerCacheObserverTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final MicrometerCacheObserver observer = new MicrometerCacheObserver(registry);

  @Test
  void lookedUp_twice_countsHitsAndMisses() {
    observer.lookedUp(3, 5);
    observer.lookedUp(10, 0);

    assertThat(sample("gcpo_cache_hits_total")).isEqualTo(13);
    assertThat(sample("gcpo_cache_misses_total")).isEqualTo(5);
  }

  @Test
  void storedAndEvicted_bytes_areWhatIsLeft() {
    observer.stored(100);
    observer.stored(70);
    observer.evicted(100);

    assertThat(sample("gcpo_cache_bytes")).isEqualTo(70);
    assertThat(sample("gcpo_cache_evictions_total")).isEqualTo(1);
  }

  private double sample(String name) {
    return Exposition.of(registry).sample(name);
  }
}
