// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome.Embedded;
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
  void store_largerThanAll_isNotKept() {
    EmbeddingCache cache = new EmbeddingCache(ENTRY - 1, observer);

    cache.store(key(1), embedded(1));

    assertThat(cache.find(key(1))).isEmpty();
    assertThat(observer.bytes).hasValue(0);
    assertThat(observer.evictions).hasValue(1);
  }

  private static HashCode key(int number) {
    return Hashing.sha256().hashInt(number);
  }

  private static Embedded embedded(int number) {
    float[] values = new float[DIMENSION];
    values[0] = number;
    return new Embedded(Embedding.copyOf(values), number, 0, false);
  }
}
