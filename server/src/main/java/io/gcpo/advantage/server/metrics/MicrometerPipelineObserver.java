// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
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

  MicrometerPipelineObserver(PrometheusMeterRegistry registry) {
    stages = forEach(Stage.values(), stage -> StageTimers.register(registry, stage.label()));
    groups = forEach(GroupSignal.values(), signal -> groups(registry, signal));
    rejections = forEach(GroupRejection.Reason.values(), reason -> rejections(registry, reason));
    includedRollouts = rollouts(registry, true);
    excludedRollouts = rollouts(registry, false);
    deduplicated = new DeduplicationCounters(registry);
    groupSize =
        DistributionSummary.builder(MetricNames.GROUP_SIZE)
            .description("Rollouts in a group")
            .baseUnit("rollouts")
            .serviceLevelObjectives(MetricNames.powersOfTwo(MAX_GROUP_SIZE))
            .register(registry);
    rewardDeviation =
        new RealHistogram(
            registry,
            MetricNames.GROUP_REWARD_STD,
            "Sample standard deviation of a group's rewards, of at least two",
            MetricNames.rewardDeviationBuckets());
    vendiScore =
        new RealHistogram(
            registry,
            MetricNames.GROUP_VENDI_SCORE,
            "Vendi score of all rollouts of a group, where it was computed",
            MetricNames.vendiScoreBuckets());
  }

  @Override
  public void stageEnded(Stage stage, Duration elapsed) {
    of(stages, stage).record(elapsed);
  }

  @Override
  public void groupComputed(GroupAdvantages advantages) {
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
  }

  @Override
  public void groupRejected(GroupRejection rejection) {
    of(rejections, rejection.reason()).increment();
  }

  @Override
  public void textsDeduplicated(int texts, long tokens) {
    deduplicated.add(texts, tokens);
  }

  private static Counter groups(MeterRegistry registry, GroupSignal signal) {
    return Counter.builder(MetricNames.GROUPS)
        .description("Groups that have their advantages")
        .baseUnit("groups")
        .tag(MetricNames.SIGNAL, signal.name())
        .register(registry);
  }

  private static Counter rejections(MeterRegistry registry, GroupRejection.Reason reason) {
    return Counter.builder(MetricNames.GROUP_REJECTIONS)
        .description("Groups that were refused or failed")
        .baseUnit("rejections")
        .tag(MetricNames.REASON, reason.name())
        .register(registry);
  }

  private static Counter rollouts(MeterRegistry registry, boolean included) {
    return Counter.builder(MetricNames.ROLLOUTS)
        .description("Rollouts of computed groups, by whether their reward counted")
        .baseUnit("rollouts")
        .tag(MetricNames.INCLUDED, Boolean.toString(included))
        .register(registry);
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
