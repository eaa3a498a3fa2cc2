// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.pipeline.text.TextCacheObserver.Kind;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerTextCacheObserverTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final MicrometerTextCacheObserver observer = new MicrometerTextCacheObserver(registry);

  @Test
  void lookedUp_kinds_areCountedApart() {
    observer.lookedUp(Kind.TEXT, true);
    observer.lookedUp(Kind.FEATURES, true);
    observer.lookedUp(Kind.FEATURES, true);
    observer.lookedUp(Kind.FEATURES, false);

    assertThat(sample("gcpo_text_cache_hits_total", "text")).isEqualTo(1);
    assertThat(sample("gcpo_text_cache_hits_total", "features")).isEqualTo(2);
    assertThat(sample("gcpo_text_cache_misses_total", "text")).isZero();
    assertThat(sample("gcpo_text_cache_misses_total", "features")).isEqualTo(1);
  }

  @Test
  void storedAndEvicted_bytes_areWhatIsLeft() {
    observer.stored(Kind.TEXT, 100);
    observer.stored(Kind.TEXT, 70);
    observer.evicted(Kind.TEXT, 100);
    observer.stored(Kind.FEATURES, 5);

    assertThat(sample("gcpo_text_cache_bytes", "text")).isEqualTo(70);
    assertThat(sample("gcpo_text_cache_bytes", "features")).isEqualTo(5);
    assertThat(sample("gcpo_text_cache_evictions_total", "text")).isEqualTo(1);
  }

  private double sample(String name, String kind) {
    return Exposition.of(registry).sample("%s{kind=\"%s\"}".formatted(name, kind));
  }
}
