// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome.Embedded;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EmbeddingCacheTest {
  private static final int DIMENSION = 10;
  private static final int ENTRY = EmbeddingCache.OVERHEAD_BYTES + 4 * DIMENSION;

  private final RecordingCacheObserver observer = new RecordingCacheObserver();

  @Test
  void find_stored_isTheSameMarkedAsCached() {
    EmbeddingCache cache = new EmbeddingCache(ENTRY, observer);

    cache.store(key(1), embedded(1));

    assertThat(cache.find(key(1))).contains(embedded(1).asCached());
    assertThat(cache.find(key(2))).isEmpty();
    assertThat(observer.bytes).hasValue(ENTRY);
  }

  @Test
  void store_twice_countsOnce() {
    EmbeddingCache cache = new EmbeddingCache(10 * ENTRY, observer);

    cache.store(key(1), embedded(1));
    cache.store(key(1), embedded(1));

    assertThat(observer.stored).hasValue(1);
    assertThat(observer.bytes).hasValue(ENTRY);
    assertThat(observer.evictions).hasValue(0);
  }

  @Test
  void store_moreThanFits_staysWithinTheBytesAndSaysSo() {
    int room = 7;
    // One byte short of an eighth entry.
    EmbeddingCache cache = new EmbeddingCache((room + 1) * (long) ENTRY - 1, observer);

    for (int i = 0; i < 100; i++) {
      cache.store(key(i), embedded(i));
      assertThat(observer.bytes).hasValue((long) Math.min(i + 1, room) * ENTRY);
    }

    assertThat(observer.evictions).hasValue(100 - room);
    assertThat(IntStream.range(0, 100).filter(i -> cache.find(key(i)).isPresent())).hasSize(room);
  }

  @Test
  void find_latestStepOfMany_isAllThere() {
    int perStep = 64;
    EmbeddingCache cache = new EmbeddingCache(5L * perStep * ENTRY, observer);

    for (int step = 0; step < 40; step++) {
      int first = step * perStep;
      for (int i = first; i < first + perStep; i++) {
        cache.store(key(i), embedded(i));
      }
      for (int use = 0; use < 3; use++) {
        assertThat(
                IntStream.range(first, first + perStep).filter(i -> cache.find(key(i)).isEmpty()))
            .as("lost of step %d", step)
            .isEmpty();
      }
    }
  }

  @Test
  void store_largerThanAll_isNotKept() {
    EmbeddingCache cache = new EmbeddingCache(ENTRY - 1, observer);

    cache.store(key(1), embedded(1));

    assertThat(cache.find(key(1))).isEmpty();
    assertThat(observer.bytes).hasValue(0);
    assertThat(observer.evictions).hasValue(1);
  }

  private static CacheKey key(int number) {
    return new CacheKey(
        "f00d", new DigestTask(ContentDigest.of("text " + number), TruncationPolicy.ERROR));
  }

  private static Embedded embedded(int number) {
    float[] values = new float[DIMENSION];
    values[0] = number;
    return new Embedded(Embedding.copyOf(values), number, 0, false);
  }
}
