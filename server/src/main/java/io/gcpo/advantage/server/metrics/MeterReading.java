// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;
import java.util.Map;

/**
 * What the meters say at one moment, counted since the start. Immutable.
 *
 * @param calls that ended, by outcome; outcomes that did not occur are left out
 * @param groups with advantages, by signal
 * @param rejections of groups, by reason
 * @param lostBatches by reason
 * @param tokens by what became of them
 * @param stages where time goes, by stage
 * @param queues by model
 * @param caches by what they keep
 */
public record MeterReading(
    Map<CallOutcome, Double> calls,
    Map<String, Double> groups,
    Map<String, Double> rejections,
    Map<String, Double> lostBatches,
    Map<String, Double> tokens,
    Map<String, DurationHistogram> stages,
    Map<String, Queue> queues,
    Map<String, Cache> caches) {

  public MeterReading {
    calls = ImmutableSortedMap.copyOf(calls);
    groups = ImmutableSortedMap.copyOf(groups);
    rejections = ImmutableSortedMap.copyOf(rejections);
    lostBatches = ImmutableSortedMap.copyOf(lostBatches);
    tokens = ImmutableSortedMap.copyOf(tokens);
    stages = ImmutableSortedMap.copyOf(stages);
    queues = ImmutableSortedMap.copyOf(queues);
    caches = ImmutableSortedMap.copyOf(caches);
  }

  /**
   * How a call ended.
   *
   * @param code of gRPC
   * @param reason in the details of its status, empty if there is none
   */
  public record CallOutcome(String code, String reason) implements Comparable<CallOutcome> {
    private static final Comparator<CallOutcome> ORDER =
        Comparator.comparing(CallOutcome::code).thenComparing(CallOutcome::reason);

    @Override
    public int compareTo(CallOutcome other) {
      return ORDER.compare(this, other);
    }

    /** Whether the call got its answer. */
    public boolean isOk() {
      return code.equals("OK");
    }
  }

  /**
   * What waits for a model.
   *
   * @param sequences windows that wait
   * @param tokens of them
   * @param batchTokens that a batch may hold
   */
  public record Queue(double sequences, double tokens, double batchTokens) {}

  /**
   * What a cache did.
   *
   * @param evictions entries that had to leave for others
   * @param bytes it holds now
   */
  public record Cache(double hits, double misses, double evictions, double bytes) {}
}
