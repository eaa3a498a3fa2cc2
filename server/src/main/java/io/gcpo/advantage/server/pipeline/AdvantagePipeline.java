// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A job's way to its result: every distinct text of all groups goes to the embedder in one call;
 * when the embeddings are there, groups are computed side by side, each on one thread. A group's
 * outcome depends on the group alone, or, where its estimator normalises over the request, on the
 * groups of its {@link ComputeUnits unit}. Thread-safe; never blocks.
 */
public final class AdvantagePipeline {
  private final TextEmbedder embedder;
  private final AdvantageCalculator calculator;
  private final Executor compute;
  private final PipelineObserver observer;
  private final Ticker ticker;

  @Inject
  AdvantagePipeline(
      TextEmbedder embedder,
      AdvantageCalculator calculator,
      @ForCompute Executor compute,
      PipelineObserver observer,
      Ticker ticker) {
    this.embedder = embedder;
    this.calculator = calculator;
    this.compute = compute;
    this.observer = observer;
    this.ticker = ticker;
  }

  /**
   * The outcome of every entry of the job. Fails as {@link TextEmbedder#embed} does, and with
   * {@link CancellationException} once {@code signal} says so; callbacks run on the compute
   * executor.
   */
  public CompletableFuture<AdvantageResult> compute(AdvantageJob job, CancellationSignal signal) {
    long begin = ticker.read();
    EmbeddingPlan plan = EmbeddingPlan.of(job);
    observer.textsDeduplicated(plan.duplicates());
    return embed(plan.tasks(), signal)
        .thenComposeAsync(
            embedded -> {
              long middle = ticker.read();
              Duration embedding = Duration.ofNanos(middle - begin);
              observer.stageEnded(Stage.EMBED, embedding);
              return computeGroups(job, plan, embedded, signal)
                  .thenApply(
                      outcomes ->
                          new AdvantageResult(
                              outcomes,
                              embedding,
                              Duration.ofNanos(ticker.read() - middle),
                              tokensOf(embedded)));
            },
            compute);
  }

  private CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> tasks, CancellationSignal signal) {
    return tasks.isEmpty()
        ? CompletableFuture.completedFuture(ImmutableList.of())
        : embedder.embed(tasks, signal);
  }

  private CompletableFuture<List<GroupOutcome>> computeGroups(
      AdvantageJob job, EmbeddingPlan plan, List<TextOutcome> embedded, CancellationSignal signal) {
    GroupComputation computation =
        new GroupComputation(
            calculator, new GroupPreparation(job, plan, embedded), job.diversity());
    List<JobEntry> entries = job.entries();
    List<List<Integer>> units = ComputeUnits.of(entries);
    GroupOutcome[] outcomes = new GroupOutcome[entries.size()];
    CompletableFuture<?>[] tasks = new CompletableFuture<?>[units.size()];
    for (int i = 0; i < tasks.length; i++) {
      List<Integer> unit = units.get(i);
      tasks[i] =
          CompletableFuture.runAsync(
              () -> {
                if (signal.isCancelled()) {
                  throw new CancellationException();
                }
                computeUnit(unit, entries, computation, outcomes);
              },
              compute);
    }
    return CompletableFuture.allOf(tasks).thenApply(done -> ImmutableList.copyOf(outcomes));
  }

  private void computeUnit(
      List<Integer> unit,
      List<JobEntry> entries,
      GroupComputation computation,
      GroupOutcome[] outcomes) {
    if (entries.get(unit.get(0)) instanceof GroupRejection rejection) {
      observer.groupRejected(rejection);
      outcomes[unit.get(0)] = rejection;
      return;
    }
    long begin = ticker.read();
    List<GroupOutcome> computed =
        computation.compute(unit.stream().map(entries::get).map(GroupJob.class::cast).toList());
    observer.stageEnded(Stage.ADVANTAGE, Duration.ofNanos(ticker.read() - begin));
    for (int k = 0; k < computed.size(); k++) {
      GroupOutcome outcome = computed.get(k);
      outcomes[unit.get(k)] = outcome;
      if (outcome instanceof GroupSuccess success) {
        observer.groupComputed(success.advantages());
      } else if (outcome instanceof GroupRejection rejection) {
        observer.groupRejected(rejection);
      }
    }
  }

  private static long tokensOf(List<TextOutcome> outcomes) {
    long tokens = 0;
    for (TextOutcome outcome : outcomes) {
      if (outcome instanceof TextOutcome.Embedded embedded) {
        tokens += embedded.computedTokens();
      }
    }
    return tokens;
  }
}
