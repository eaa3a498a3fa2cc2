// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.RealEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real model with a cache in front of it, against the real model. */
final class CachingEmbedderParityTest {
  @Test
  void embed_goldenTextsHalfKnown_sameBitsAsWithoutCache() {
    List<TextTask> tasks = tasks();
    List<TextTask> half = tasks.subList(0, tasks.size() / 2);
    RecordingCacheObserver observer = new RecordingCacheObserver();
    try (RealEmbedder real = new RealEmbedder(2, 1024)) {
      List<TextOutcome> expected = real.embed(tasks);
      CachingEmbedder caching =
          new CachingEmbedder(real.embedder(), new EmbeddingCache(1 << 24, observer), observer);

      assertThat(embed(caching, half)).isEqualTo(expected.subList(0, half.size()));
      assertSameBits(embed(caching, tasks), expected);
      assertSameBits(embed(caching, tasks), expected);
    }
    long kept = observer.stored.get();
    assertThat(observer.hits.get()).isGreaterThanOrEqualTo(tasks.size());
    assertThat(observer.bytes).hasValue(kept * (EmbeddingCache.OVERHEAD_BYTES + 4 * 384));
  }

  private static void assertSameBits(List<TextOutcome> actual, List<TextOutcome> expected) {
    assertThat(actual.stream().map(CachingEmbedderParityTest::asCached).toList())
        .isEqualTo(expected.stream().map(CachingEmbedderParityTest::asCached).toList());
  }

  private static TextOutcome asCached(TextOutcome outcome) {
    return outcome instanceof TextOutcome.Embedded embedded ? embedded.asCached() : outcome;
  }

  private static List<TextOutcome> embed(CachingEmbedder caching, List<TextTask> tasks) {
    return caching.embed(tasks, CancellationSignal.NONE).join();
  }

  /**
   * One golden text in eight under every policy, and texts that only careless hashing would mix up.
   */
  private static List<TextTask> tasks() {
    List<GoldenEmbeddings.Case> golden = GoldenEmbeddings.read();
    List<TextTask> tasks = new ArrayList<>();
    for (TruncationPolicy policy : TruncationPolicy.values()) {
      for (int i = 0; i < golden.size(); i += 8) {
        tasks.add(new TextTask(golden.get(i).text(), policy));
      }
      for (String text : List.of("a?", "a\uD800", "a\uFFFD", "Aa", "BB")) {
        tasks.add(new TextTask(text, policy));
      }
    }
    return tasks;
  }
}
