// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Every metric of ours: names as Prometheus shows them, tags, and upper bounds of buckets. */
final class MetricNames {
  /** Of all of them. */
  static final String PREFIX = "gcpo_";

  static final String REQUESTS = "gcpo_requests_total";
  static final String REQUEST_DURATION = "gcpo_request_duration_seconds";
  static final String STAGE_DURATION = "gcpo_stage_duration_seconds";

  static final String QUEUE_DEPTH = "gcpo_queue_depth_sequences";
  static final String QUEUE_TOKENS = "gcpo_queue_tokens";
  static final String BATCH_SEQUENCES = "gcpo_batch_sequences";
  static final String BATCH_TOKENS = "gcpo_batch_tokens";
  static final String BATCH_PADDING = "gcpo_batch_padding_ratio";
  static final String BATCH_TOKEN_BUDGET = "gcpo_batch_token_budget";
  static final String BATCH_FAILURES = "gcpo_batch_failures_total";
  static final String TOKENS = "gcpo_tokens_total";
  static final String TEXTS_DEDUPLICATED = "gcpo_texts_deduplicated_total";

  static final String CACHE_HITS = "gcpo_cache_hits_total";
  static final String CACHE_MISSES = "gcpo_cache_misses_total";
  static final String CACHE_EVICTIONS = "gcpo_cache_evictions_total";
  static final String CACHE_BYTES = "gcpo_cache_bytes";

  static final String TEXT_CACHE_HITS = "gcpo_text_cache_hits_total";
  static final String TEXT_CACHE_MISSES = "gcpo_text_cache_misses_total";
  static final String TEXT_CACHE_EVICTIONS = "gcpo_text_cache_evictions_total";
  static final String TEXT_CACHE_BYTES = "gcpo_text_cache_bytes";

  static final String CREDENTIAL_RELOADS = "gcpo_credential_reloads_total";
  static final String CREDENTIAL_STALE = "gcpo_credential_stale";

  static final String GROUPS = "gcpo_groups_total";
  static final String GROUP_REJECTIONS = "gcpo_group_rejections_total";
  static final String ROLLOUTS = "gcpo_rollouts_total";
  static final String GROUP_REWARD_STD = "gcpo_group_reward_std";
  static final String GROUP_VENDI_SCORE = "gcpo_group_vendi_score";
  static final String GROUP_SIZE = "gcpo_group_size";

  static final String TRACE_SPANS = "gcpo_trace_spans_total";

  static final String BUILD_INFO = "gcpo_build_info";
  static final String MODEL_INFO = "gcpo_model_info";
  static final String READY = "gcpo_ready";

  static final String METHOD = "method";
  static final String CODE = "code";
  static final String REASON = "reason";
  static final String STAGE = "stage";
  static final String KIND = "kind";
  static final String SIGNAL = "signal";
  static final String INCLUDED = "included";
  static final String COMPONENT = "component";
  static final String MODEL = "model";
  static final String CREDENTIAL = "credential";
  static final String OUTCOME = "outcome";

  /** The method of a call that is none of ours. */
  static final String UNKNOWN_METHOD = "unknown";

  private static final double SHORTEST_MICROS = 500;
  private static final double LONGEST_MICROS = 60e6;
  private static final double DURATION_FACTOR = 1.6;

  private MetricNames() {}

  /** From 0.5 ms, each 1.6 times the one before to the microsecond, up to 60 s. */
  static Duration[] durationBuckets() {
    DoubleStream shorter =
        DoubleStream.iterate(
            SHORTEST_MICROS, micros -> micros < LONGEST_MICROS, micros -> micros * DURATION_FACTOR);
    return DoubleStream.concat(shorter, DoubleStream.of(LONGEST_MICROS))
        .mapToObj(micros -> Duration.of(Math.round(micros), ChronoUnit.MICROS))
        .toArray(Duration[]::new);
  }

  /** Powers of two from 1 to {@code max}. */
  static double[] powersOfTwo(int max) {
    return IntStream.iterate(1, power -> power <= max, power -> 2 * power)
        .asDoubleStream()
        .toArray();
  }

  /** From 0.05 to 1 in steps of 0.05. */
  static double[] ratioBuckets() {
    return IntStream.rangeClosed(1, 20).mapToDouble(step -> step / 20.0).toArray();
  }

  /** Rewards are mostly in [0, 1], but nothing says so. */
  static double[] rewardDeviationBuckets() {
    return new double[] {0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2, 5, 10, 100};
  }

  /** A Vendi score lies between 1 and the size of the group. */
  static double[] vendiScoreBuckets() {
    return new double[] {1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
  }
}
