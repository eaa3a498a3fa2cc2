// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.estimator.Estimate;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorSpec;
import io.gcpo.advantage.server.advantage.estimator.GroupEstimator;
import io.gcpo.advantage.server.advantage.estimator.ScoredRollouts;
import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import io.gcpo.advantage.server.pipeline.text.TextsConfig;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdvantagePipelineTest {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final List<Integer> deduplicated = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AdvantagePipeline pipeline =
      new AdvantagePipeline(
          new AdvantageCalculator(),
          new TextMemory(new TextsConfig(0), TextCacheObserver.NONE),
          Runnable::run,
          new ComputeWatch(timer),
          new PipelineObserver() {
            @Override
            public void textsDeduplicated(int texts, long tokens) {
              deduplicated.add(texts);
            }
          },
          Ticker.systemTicker());

  @AfterEach
  void endTimer() {
    timer.shutdownNow();
  }

  @Test
  void texts_ofAllGroupsAreEmbeddedInOneCallAndEachOnce() {
    compute(job(true, group("a", "GRPO", "x", "y"), group("b", "GCPO_COOPERATIVE", "y", "z")));

    assertThat(embedder.calls()).hasSize(1);
    assertThat(embedder.calls().get(0)).extracting(TextTask::text).containsExactly("x", "y", "z");
    assertThat(deduplicated).containsExactly(1);
  }

  @Test
  void sameTextUnderAnotherPolicy_isAnotherTask() {
    GroupJob head = group("b", "GRPO", "x");
    GroupJob tail =
        new GroupJob(
            "groups[1]",
            "c",
            head.rolloutIds(),
            head.sentRewards(),
            head.scores(),
            head.greedyReward(),
            head.gold(),
            head.content(),
            head.comparison(),
            head.settings(),
            TruncationPolicy.KEEP_TAIL);

    compute(job(true, head, tail));

    assertThat(embedder.calls().get(0)).hasSize(2);
  }

  @Test
  void rewardsAlone_embedNothing() {
    AdvantageResult result = compute(job(false, group("a", "GRPO", false, "x", "y")));

    assertThat(embedder.calls()).isEmpty();
    GroupSuccess success = (GroupSuccess) result.outcomes().get(0);
    assertThat(success.advantages().diversity()).isEmpty();
    assertThat(success.tokens()).containsOnly(GroupSuccess.TokenCount.NONE);
  }

  @Test
  void rejections_keepTheirPlace() {
    GroupRejection rejection = new GroupRejection("bad", Reason.LIMIT, List.of());

    AdvantageResult result =
        compute(
            new AdvantageJob(
                List.of(group("a", "GRPO", "x"), rejection, group("c", "GRPO", "y")),
                DiversityPlan.DEFAULT));

    assertThat(result.outcomes())
        .extracting(GroupOutcome::groupId)
        .containsExactly("a", "bad", "c");
    assertThat(result.outcomes().get(1)).isSameAs(rejection);
  }

  @Test
  void resultThatIsNotFinite_neverLeaves() {
    GroupJob sound = group("a", "GRPO", "x", "y");
    GroupJob broken =
        new GroupJob(
            "groups[1]",
            "b",
            sound.rolloutIds(),
            sound.sentRewards(),
            sound.scores(),
            sound.greedyReward(),
            sound.gold(),
            sound.content(),
            sound.comparison(),
            Computed.settings(EstimatorChoice.withDefaults(new BrokenEstimator())),
            sound.truncationPolicy());

    AdvantageResult result = compute(job(false, sound, broken));

    assertThat(result.outcomes().get(0)).isInstanceOf(GroupSuccess.class);
    assertThat(result.outcomes().get(1))
        .isEqualTo(new GroupRejection("b", Reason.NON_FINITE_RESULT, List.of()));
  }

  @Test
  void similaritiesThatAreNoKernel_refuseTheirGroupAlone() {
    GroupJob sound = group("a", "GRPO", "x", "y", "z");
    SymmetricMatrix indefinite = SymmetricMatrix.of(3, (i, j) -> i == 2 && j == 1 ? -1 : 1);

    AdvantageResult result = compute(job(false, sound, withSimilarities(sound, indefinite)));

    assertThat(result.outcomes().get(0)).isInstanceOf(GroupSuccess.class);
    assertThat(result.outcomes().get(1))
        .isInstanceOfSatisfying(
            GroupRejection.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.INVALID_FIELD);
              assertThat(refused.violations())
                  .extracting(Violation::field)
                  .containsExactly("groups[0].similarity_f64_le");
            });
  }

  @Test
  void similaritiesOfAGoldenAnswerThatTakesNoPlace_areLeftOut() {
    GroupJob sound = group("a", "GRPO", "x", "y");

    AdvantageResult result =
        compute(job(true, withSimilarities(sound, SymmetricMatrix.of(3, (i, j) -> 1))));

    assertThat(((GroupSuccess) result.outcomes().get(0)).advantages().diversity())
        .hasValueSatisfying(diversity -> assertThat(diversity.all().distinct()).hasValue(1));
  }

  private static GroupJob withSimilarities(GroupJob group, SymmetricMatrix similarities) {
    AdvantageSettings settings = group.settings();
    return new GroupJob(
        group.path(),
        group.groupId(),
        group.rolloutIds(),
        group.sentRewards(),
        group.scores(),
        group.greedyReward(),
        group.gold(),
        group.content(),
        Optional.of(
            new Comparison(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(similarities))),
        new AdvantageSettings(
            settings.choice(),
            settings.gold(),
            settings.importance(),
            Computed.kernel(NamedKernel.PRECOMPUTED)),
        group.truncationPolicy());
  }

  @Test
  void cancelledJob_isNotComputed() {
    CompletableFuture<Void> held = embedder.holdAnswers();
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<AdvantageResult> future =
        pipeline.compute(job(true, group("a", "GRPO", "x")), embedder, cancelled::get);

    cancelled.set(true);
    held.complete(null);

    assertThat(future)
        .failsWithin(1, TimeUnit.SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(CancellationException.class);
  }

  private AdvantageResult compute(AdvantageJob job) {
    return pipeline
        .compute(job, embedder, CancellationSignal.NONE)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private static AdvantageJob job(boolean diversity, GroupJob... groups) {
    return new AdvantageJob(
        List.of(groups), diversity ? DiversityPlan.DEFAULT : DiversityPlan.NOTHING);
  }

  /** The first rollout is right, the others are wrong. */
  private static GroupJob group(String id, String estimator, String... texts) {
    return group(id, estimator, true, texts);
  }

  private static GroupJob group(String id, String estimator, boolean compared, String... texts) {
    List<RolloutScore> scores = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      scores.add(RolloutScore.of(OptionalDouble.of(i == 0 ? 1 : 0)));
    }
    return new GroupJob(
        "groups[0]",
        id,
        List.of(texts),
        scores.stream().map(RolloutScore::reward).toList(),
        scores,
        OptionalDouble.empty(),
        Optional.empty(),
        new GroupJob.Texts(Stream.of(texts).map(TextReference::of).toList()),
        compared ? Optional.of(Comparison.OF_CONTENT) : Optional.empty(),
        Computed.settings(Computed.choice(estimator)),
        TruncationPolicy.CHUNK_MEAN);
  }

  /** Its team value is not a number. */
  private static final class BrokenEstimator implements GroupEstimator {
    @Override
    public EstimatorSpec spec() {
      return new EstimatorSpec("BROKEN", "Broken.", "This test.", Set.of(), List.of());
    }

    @Override
    public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
      Vector zero = Vector.zero(rollouts.count());
      return new Estimate(
          zero,
          true,
          Optional.of(
              new Estimate.Credits(
                  zero, zero, zero, new TeamCredit(Double.NaN, CreditMethod.EXACT, 0))));
    }
  }
}
