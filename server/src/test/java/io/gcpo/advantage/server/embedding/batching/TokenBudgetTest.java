// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenBudgetTest {
  private final List<Integer> tried = new ArrayList<>();

  @Test
  void choose_rateFallsWithTheCaches_smallestOfTheGoodOnes() {
    // Tokens a second of two processor cores on real texts.
    assertThat(choose(256, 65_536, Map.of(256, 11_000, 512, 12_000, 1_024, 12_100, 2_048, 11_800)))
        .isEqualTo(256);
    assertThat(choose(256, 65_536, Map.of(256, 8_000, 512, 12_000, 1_024, 12_100, 2_048, 11_800)))
        .isEqualTo(512);
  }

  @Test
  void choose_rateGrows_goesOnToTheBound() {
    assertThat(choose(256, 2_048, Map.of(256, 1, 512, 2, 1_024, 4, 2_048, 8))).isEqualTo(2_048);
  }

  @Test
  void choose_noGainTwice_triesNoLargerOnes() {
    choose(256, 65_536, Map.of(256, 100, 512, 100, 1_024, 101));

    assertThat(tried).containsExactly(256, 512, 1_024);
  }

  @Test
  void choose_oneDip_isSteppedOver() {
    assertThat(choose(1, 8, Map.of(1, 100, 2, 90, 4, 200, 8, 300))).isEqualTo(8);
  }

  @Test
  void choose_boundsAreEqual_thatOne() {
    assertThat(choose(300, 300, Map.of(300, 1))).isEqualTo(300);
  }

  @Test
  void choose_largestBounds_doesNotOverflow() {
    assertThat(TokenBudget.choose(1 << 20, Integer.MAX_VALUE, budget -> budget)).isEqualTo(1 << 30);
  }

  @Test
  void choose_configured_runsNothing() {
    FakeModel model = new FakeModel();

    assertThat(budget(77, 1, 99).choose(model.open())).isEqualTo(77);
    assertThat(model.batches).isEmpty();
  }

  @Test
  void choose_rowsDependOnEachOther_oneAtATimeIfAskedFor() {
    FakeModel model = new FakeModel();

    assertThat(budget(77, 1, 99, true, false).choose(model.open())).isEqualTo(1);
    assertThat(budget(77, 1, 99, false, false).choose(model.open())).isEqualTo(77);
  }

  @Test
  void choose_measured_runsBatchesOfTheBudgets() {
    FakeModel model = new FakeModel();

    assertThat(budget(0, 50, 100).choose(model.open())).isIn(50, 100);
    assertThat(model.batches.stream().map(WindowBatch::realTokens)).containsOnly(50L, 100L);
  }

  private static TokenBudget budget(int configured, int min, int max) {
    return budget(configured, min, max, true, true);
  }

  private static TokenBudget budget(
      int configured, int min, int max, boolean deterministic, boolean independentOfRows) {
    FakeTokenizer tokenizer = new FakeTokenizer();
    return new TokenBudget(
        new BatchingConfig(1, 1, configured, min, max, 1, deterministic, 1, Duration.ofSeconds(1)),
        independentOfRows,
        new BatchSettings(
            tokenizer.specialTokens(), 10, SentencePipeline.mean(Path.of("mean")).head(3), 1),
        tokenizer,
        Ticker.systemTicker());
  }

  private int choose(int min, int max, Map<Integer, Integer> rates) {
    ImmutableMap<Integer, Integer> known = ImmutableMap.copyOf(rates);
    return TokenBudget.choose(
        min,
        max,
        budget -> {
          tried.add(budget);
          return known.getOrDefault(budget, 0);
        });
  }
}
