// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MicrometerEmbeddingObserverTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final RealHistogram padding = MicrometerEmbeddingObserver.paddingHistogram(registry);
  private final MicrometerEmbeddingObserver observer =
      new MicrometerEmbeddingObserver(registry, padding, "mini");

  @Test
  void tokenized_texts_countsCutTokens() {
    observer.tokenized(3, 7, Duration.ofMillis(2));
    assertThat(sample("gcpo_tokens_total{kind=\"truncated\"}")).isEqualTo(7);
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"tokenize\"}")).isEqualTo(0.002);
    assertThat(sample("gcpo_stage_duration_seconds_bucket{stage=\"tokenize\",le=\"0.00128\"}"))
        .isZero();
    assertThat(sample("gcpo_stage_duration_seconds_bucket{stage=\"tokenize\",le=\"0.002048\"}"))
        .isEqualTo(1);
  }

  @Test
  void queueChanged_twice_showsLast() {
    observer.queueChanged(5, 500);
    observer.queueChanged(2, 90);
    assertThat(sample("gcpo_queue_depth_sequences{model=\"mini\"}")).isEqualTo(2);
    assertThat(sample("gcpo_queue_tokens{model=\"mini\"}")).isEqualTo(90);
  }

  @Test
  void budgetChosen_once_isShown() {
    observer.budgetChosen(512);
    assertThat(sample("gcpo_batch_token_budget{model=\"mini\"}")).isEqualTo(512);
  }

  @Test
  void twoModels_onlyGaugesAreApart() {
    MicrometerEmbeddingObserver other = new MicrometerEmbeddingObserver(registry, padding, "other");
    other.queueChanged(7, 700);
    observer.queueChanged(1, 10);
    other.encoded(4, 90, 10, Duration.ofMillis(8), Duration.ofMillis(1));
    observer.encoded(4, 90, 10, Duration.ofMillis(8), Duration.ofMillis(1));
    assertThat(sample("gcpo_queue_tokens{model=\"other\"}")).isEqualTo(700);
    assertThat(sample("gcpo_queue_tokens{model=\"mini\"}")).isEqualTo(10);
    assertThat(sample("gcpo_tokens_total{kind=\"real\"}")).isEqualTo(180);
    assertThat(sample("gcpo_batch_padding_ratio_count")).isEqualTo(2);
  }

  @Test
  void dequeued_window_isTimed() {
    observer.dequeued(Duration.ofSeconds(3));
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"queue\"}")).isEqualTo(3);
  }

  @Test
  void encoded_batch_countsTokensAndPadding() {
    observer.encoded(4, 90, 10, Duration.ofMillis(8), Duration.ofMillis(1));
    assertThat(sample("gcpo_tokens_total{kind=\"real\"}")).isEqualTo(90);
    assertThat(sample("gcpo_tokens_total{kind=\"padding\"}")).isEqualTo(10);
    assertThat(sample("gcpo_batch_sequences_sum")).isEqualTo(4);
    assertThat(sample("gcpo_batch_tokens_sum")).isEqualTo(100);
    assertThat(sample("gcpo_batch_padding_ratio_sum")).isEqualTo(0.1);
    assertThat(sample("gcpo_batch_padding_ratio_bucket{le=\"0.05\"}")).isZero();
    assertThat(sample("gcpo_batch_padding_ratio_bucket{le=\"0.1\"}")).isEqualTo(1);
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"infer\"}")).isEqualTo(0.008);
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"pool\"}")).isEqualTo(0.001);
  }

  @Test
  void batchStarted_andEnded_isInFlightBetween() {
    observer.batchStarted(100);
    observer.batchStarted(50);
    assertThat(sample("gcpo_inflight_tokens{model=\"mini\"}")).isEqualTo(150);
    observer.batchEnded(100);
    assertThat(sample("gcpo_inflight_tokens{model=\"mini\"}")).isEqualTo(50);
  }

  @Test
  void batched_windows_areTimed() {
    observer.batched(Duration.ofMillis(2));
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"batch\"}")).isEqualTo(0.002);
  }

  @Test
  void encoded_emptyBatch_hasNoPadding() {
    observer.encoded(0, 0, 0, Duration.ZERO, Duration.ZERO);
    assertThat(sample("gcpo_batch_padding_ratio_sum")).isZero();
  }

  @Test
  void batchFailed_anyCause_isCountedByReason() {
    observer.batchFailed(new EmbeddingUnavailableException("engine", new OutOfMemoryError()));
    observer.batchFailed(
        catchThrowableOfType(
            NonFiniteEmbeddingException.class, () -> Embedding.copyOf(new float[] {Float.NaN})));
    observer.batchFailed(new IllegalStateException("first"));
    observer.batchFailed(new IllegalStateException("second"));
    assertThat(sample("gcpo_batch_failures_total{reason=\"oom\"}")).isEqualTo(1);
    assertThat(sample("gcpo_batch_failures_total{reason=\"nonfinite\"}")).isEqualTo(1);
    assertThat(sample("gcpo_batch_failures_total{reason=\"device\"}")).isEqualTo(2);
  }

  private double sample(String nameAndTags) {
    return Exposition.of(registry).sample(nameAndTags);
  }
}
