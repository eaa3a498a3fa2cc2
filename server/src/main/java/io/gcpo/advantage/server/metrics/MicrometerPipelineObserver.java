// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.KernelReport;
import io.gcpo.advantage.server.metrics.catalog.GroupMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.Limit;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Counts what the pipeline does. Thread-safe. */
final class MicrometerPipelineObserver implements PipelineObserver {
  private static final int MAX_GROUP_SIZE = 1 << 10;

  private final ImmutableMap<Stage, Timer> stages;
  private final ImmutableMap<GroupSignal, Counter> groups;
  private final ImmutableMap<GroupRejection.Reason, Counter> rejections;
  private final Counter includedRollouts;
  private final Counter excludedRollouts;
  private final DeduplicationCounters deduplicated;
  private final DistributionSummary groupSize;
  private final RealHistogram rewardDeviation;
  private final RealHistogram vendiScore;
  private final RealHistogram correctSimilarity;
  private final CreditMeters credits;
  private final Counter goldenInjections;
  private final ImmutableMap<Limit, Counter> overLimit;
  private final Counter shed;
  private final Counter dropped;

  MicrometerPipelineObserver(PrometheusMeterRegistry registry) {
    stages = forEach(Stage.values(), stage -> StageTimers.register(registry, stage.label()));
    groups = forEach(GroupSignal.values(), signal -> groups(registry, signal));
    rejections = forEach(GroupRejection.Reason.values(), reason -> rejections(registry, reason));
    includedRollouts = rollouts(registry, true);
    excludedRollouts = rollouts(registry, false);
    deduplicated = new DeduplicationCounters(registry);
    groupSize =
        Meters.summary(registry, GroupMetrics.SIZE, MetricNames.powersOfTwo(MAX_GROUP_SIZE));
    goldenInjections = Meters.counter(registry, GroupMetrics.GOLDEN_INJECTIONS);
    shed = OverloadCounters.shed(registry, "waiting_groups");
    dropped = OverloadCounters.dropped(registry, "advantage");
    overLimit =
        forEach(
            Limit.values(),
            limit ->
                Meters.counter(
                    registry,
                    RequestMetrics.OVER_LIMIT,
                    MetricNames.LIMIT,
                    limit.name().toLowerCase(Locale.ROOT)));
    rewardDeviation =
        histogram(registry, GroupMetrics.REWARD_STD, MetricNames.rewardDeviationBuckets());
    vendiScore = histogram(registry, GroupMetrics.VENDI_SCORE, MetricNames.vendiScoreBuckets());
    correctSimilarity =
        histogram(registry, GroupMetrics.CORRECT_SIMILARITY, MetricNames.similarityBuckets());
    credits =
        new CreditMeters(
            histogram(registry, GroupMetrics.CREDIT_STD, MetricNames.creditDeviationBuckets()),
            histogram(registry, GroupMetrics.TEAM_CREDIT, MetricNames.teamCreditBuckets()));
  }

  @Override
  public void stageEnded(Stage stage, Duration elapsed) {
    of(stages, stage).record(elapsed);
  }

  @Override
  public void groupComputed(GroupAdvantages advantages, AdvantageSettings settings) {
    int rollouts = advantages.rollouts().size();
    int included = advantages.rewards().count();
    of(groups, advantages.signal()).increment();
    includedRollouts.increment(included);
    excludedRollouts.increment(rollouts - included);
    groupSize.record(rollouts);
    if (advantages.rewards().count() >= 2) {
      rewardDeviation.record(advantages.rewards().standardDeviation());
    }
    advantages
        .diversity()
        .flatMap(diversity -> diversity.all().vendiScores())
        .ifPresent(vendi -> vendiScore.record(vendi.orderOne()));
    if (advantages.golden().isPresent()) {
      goldenInjections.increment();
    }
    OptionalDouble similarity =
        advantages.kernel().map(KernelReport::meanSimilarity).orElse(OptionalDouble.empty());
    similarity.ifPresent(correctSimilarity::record);
    credits.record(advantages);
  }

  @Override
  public void groupRejected(GroupRejection rejection) {
    of(rejections, rejection.reason()).increment();
    exceeded(rejection.violations());
  }

  @Override
  public void requestRefused(List<Violation> violations) {
    exceeded(violations);
  }

  @Override
  public void textsDeduplicated(int texts, long tokens) {
    deduplicated.add(texts, tokens);
  }

  @Override
  public void groupShed() {
    shed.increment();
  }

  @Override
  public void deadlineMissed() {
    dropped.increment();
  }

  /** Each limit once, however often it was exceeded. */
  private void exceeded(List<Violation> violations) {
    violations.stream()
        .flatMap(violation -> violation.exceeded().stream())
        .distinct()
        .forEach(limit -> of(overLimit, limit).increment());
  }

  private static RealHistogram histogram(
      PrometheusMeterRegistry registry, Metric metric, double[] upperBounds) {
    return new RealHistogram(registry, metric.name(), metric.help(), upperBounds);
  }

  private static Counter groups(MeterRegistry registry, GroupSignal signal) {
    return Meters.counter(registry, GroupMetrics.GROUPS, MetricNames.SIGNAL, signal.name());
  }

  private static Counter rejections(MeterRegistry registry, GroupRejection.Reason reason) {
    return Meters.counter(registry, GroupMetrics.REJECTIONS, MetricNames.REASON, reason.name());
  }

  private static Counter rollouts(MeterRegistry registry, boolean included) {
    return Meters.counter(
        registry, GroupMetrics.ROLLOUTS, MetricNames.INCLUDED, Boolean.toString(included));
  }

  private static <E extends Enum<E>, M> ImmutableMap<E, M> forEach(
      E[] values, Function<E, M> meter) {
    return Maps.toMap(Arrays.asList(values), meter::apply);
  }

  private static <E extends Enum<E>, M> M of(ImmutableMap<E, M> meters, E value) {
    M meter = meters.get(value);
    if (meter == null) {
      throw new IllegalArgumentException("%s: no meter".formatted(value));
    }
    return meter;
  }
}
