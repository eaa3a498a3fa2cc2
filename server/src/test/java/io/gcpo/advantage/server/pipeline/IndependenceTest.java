// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import io.gcpo.advantage.server.pipeline.text.TextsConfig;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer is the same, bit by bit, for any number of threads and any order of groups. */
final class IndependenceTest {
  private static final int GROUPS = 24;
  private static final int MAX_ROLLOUTS = 24;

  static Stream<AdvantageEstimator> estimators() {
    return new EstimatorRegistry().all().stream();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void threadsAndOrder_changeNoBit(AdvantageEstimator estimator) {
    List<GroupJob> groups = groups(estimator);
    Map<String, GroupAdvantages> expected = compute(groups, Runnable::run);
    assertThat(expected).hasSize(GROUPS);

    for (int threads : new int[] {1, 4}) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<GroupJob> shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, new Random(threads));
        assertThat(compute(shuffled, pool)).as("%d threads", threads).isEqualTo(expected);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static Map<String, GroupAdvantages> compute(List<GroupJob> groups, Executor executor) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    AdvantagePipeline pipeline =
        new AdvantagePipeline(
            new AdvantageCalculator(),
            new TextMemory(new TextsConfig(0), TextCacheObserver.NONE),
            executor,
            new ComputeWatch(timer),
            PipelineObserver.NONE,
            Ticker.systemTicker());
    AdvantageResult result =
        pipeline
            .compute(
                new AdvantageJob(List.copyOf(groups), DiversityPlan.DEFAULT),
                new FakeEmbedder(),
                CancellationSignal.NONE)
            .orTimeout(60, TimeUnit.SECONDS)
            .join();
    timer.shutdownNow();
    Map<String, GroupAdvantages> answers = new TreeMap<>();
    for (GroupOutcome outcome : result.outcomes()) {
      answers.put(outcome.groupId(), ((GroupSuccess) outcome).advantages());
    }
    return answers;
  }

  private static List<GroupJob> groups(AdvantageEstimator estimator) {
    Random random = new Random(11);
    Optional<Parameters> gold =
        estimator.goldByDefault()
            ? Optional.of(Parameters.defaultsOf(GoldParameters.all()))
            : Optional.empty();
    AdvantageSettings settings =
        new AdvantageSettings(
            EstimatorChoice.withDefaults(estimator),
            gold,
            Parameters.defaultsOf(ImportanceParameters.all()),
            Computed.kernel(NamedKernel.GENERAL));
    List<GroupJob> groups = new ArrayList<>();
    for (int g = 0; g < GROUPS; g++) {
      groups.add(group("g" + g, settings, 1 + random.nextInt(MAX_ROLLOUTS), random));
    }
    return groups;
  }

  private static GroupJob group(
      String id, AdvantageSettings settings, int rollouts, Random random) {
    List<String> texts = new ArrayList<>();
    List<RolloutScore> scores = new ArrayList<>();
    boolean solvable = random.nextInt(4) != 0;
    for (int i = 0; i < rollouts; i++) {
      texts.add("solution " + random.nextInt(2 * rollouts));
      double reward = solvable ? random.nextInt(2) : 0;
      scores.add(
          new RolloutScore(
              OptionalDouble.of(reward),
              Map.of("answer", reward, "style", random.nextDouble()),
              new Likelihood(
                  OptionalInt.of(1 + random.nextInt(500)),
                  OptionalDouble.of(-random.nextDouble()),
                  OptionalDouble.of(-random.nextDouble()))));
    }
    Optional<GoldDecision> decision =
        settings
            .gold()
            .map(gold -> GoldDecision.of(scores, Optional.of(Likelihood.UNKNOWN), id, gold));
    if (decision.flatMap(GoldDecision::golden).isPresent()) {
      texts.add("golden");
    }
    return new GroupJob(
        "groups[0]",
        id,
        texts.subList(0, rollouts),
        scores.stream().map(RolloutScore::reward).toList(),
        scores,
        OptionalDouble.of(0.5),
        decision,
        new GroupJob.Texts(texts.stream().map(TextReference::of).toList()),
        Optional.of(
            new Comparison(
                Optional.of(texts.stream().map(TextReference::of).toList()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        settings,
        TruncationPolicy.CHUNK_MEAN);
  }
}
