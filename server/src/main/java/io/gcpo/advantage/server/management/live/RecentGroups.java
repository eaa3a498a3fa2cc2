// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import com.google.common.base.Ticker;
import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.diversity.metrics.PairwiseDistances;
import io.gcpo.advantage.server.diversity.metrics.VendiScores;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Remembers the last groups that got their advantages. Thread-safe. */
public final class RecentGroups implements PipelineObserver {
  static final int CAPACITY = 20;

  private final Ticker ticker;

  @GuardedBy("this")
  private final EvictingQueue<RecentGroup> groups = EvictingQueue.create(CAPACITY);

  @Inject
  RecentGroups(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void groupComputed(GroupAdvantages advantages, AdvantageSettings settings) {
    RecentGroup group = numbers(advantages, settings);
    synchronized (this) {
      groups.add(group);
    }
  }

  /** The last one first, {@value #CAPACITY} at most. */
  public synchronized List<RecentGroup> newestFirst() {
    return ImmutableList.copyOf(groups).reverse();
  }

  private RecentGroup numbers(GroupAdvantages advantages, AdvantageSettings settings) {
    Optional<DiversityMetrics> diversity = advantages.diversity().map(GroupDiversity::all);
    return new RecentGroup(
        ticker.read(),
        settings.choice().estimator().spec().name(),
        advantages.rollouts().size(),
        advantages.signal(),
        advantages.rewards(),
        value(diversity.flatMap(DiversityMetrics::vendiScores), VendiScores::orderOne),
        value(diversity.flatMap(DiversityMetrics::pairwiseDistances), PairwiseDistances::mean));
  }

  private static <T> OptionalDouble value(Optional<T> metric, ToDoubleFunction<T> number) {
    return metric.stream().mapToDouble(number).findAny();
  }
}
