// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
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
  private final AdvantageCalculator calculator;
  private final TextMemory memory;
  private final ComputeQueue compute;
  private final ComputeWatch watch;
  private final PipelineObserver observer;
  private final Ticker ticker;
  private final StageTimer stages;

  @Inject
  AdvantagePipeline(
      AdvantageCalculator calculator,
      TextMemory memory,
      ComputeQueue compute,
      ComputeWatch watch,
      PipelineObserver observer,
      Ticker ticker) {
    this.calculator = calculator;
    this.memory = memory;
    this.compute = compute;
    this.watch = watch;
    this.observer = observer;
    this.ticker = ticker;
    this.stages = new StageTimer(observer, ticker);
  }

  /**
   * The outcome of every entry of the job, with the texts embedded by {@code embedder}. Fails as
   * {@link TextEmbedder#embed} does, with {@link PredictedWaitException} if the maths would be
   * late, and with {@link CancellationException} once {@code signal} says so; callbacks run on the
   * compute executor.
   */
  public CompletableFuture<AdvantageResult> compute(
      AdvantageJob job, TextEmbedder embedder, CancellationSignal signal) {
    long begin = ticker.read();
    EmbeddingPlan plan = EmbeddingPlan.of(job);
    try {
      compute.check(job.entries().size(), signal.remaining());
    } catch (PredictedWaitException late) {
      observer.groupShed();
      return CompletableFuture.failedFuture(late);
    }
    CompletableFuture<EmbeddedTexts> texts = embed(plan, embedder, signal);
    // Who needs no embeddings queues once: what waits for its turn to queue again is not counted.
    Executor handOff = texts.isDone() ? Runnable::run : compute;
    return texts.thenComposeAsync(
        embedded -> {
          long middle = ticker.read();
          stages.ended(Stage.EMBED, signal.timeline(), begin, middle);
          observer.textsDeduplicated(plan.repeated().size(), embedded.repeatedTokens());
          return computeGroups(job, embedded, signal)
              .thenApply(
                  outcomes ->
                      new AdvantageResult(
                          outcomes,
                          Duration.ofNanos(middle - begin),
                          Duration.ofNanos(ticker.read() - middle),
                          embedded.computedTokens()));
        },
        handOff);
  }

  /**
   * Throws {@link PredictedWaitException} if the maths of a job as small as any of the last ones
   * would not be done within {@code remaining}: for callers of whom nothing else is known yet.
   */
  public void checkNext(Duration remaining) {
    try {
      compute.checkNext(remaining);
    } catch (PredictedWaitException late) {
      observer.groupShed();
      throw late;
    }
  }

  // Texts first: a digest of one of them is then found, as it is being embedded.
  private static CompletableFuture<EmbeddedTexts> embed(
      EmbeddingPlan plan, TextEmbedder embedder, CancellationSignal signal) {
    CompletableFuture<List<TextOutcome>> texts =
        plan.texts().isEmpty()
            ? CompletableFuture.completedFuture(ImmutableList.of())
            : embedder.embed(plan.texts(), signal);
    CompletableFuture<List<TextOutcome>> digests =
        plan.digests().isEmpty()
            ? CompletableFuture.completedFuture(ImmutableList.of())
            : embedder.find(plan.digests(), signal);
    return texts.thenCombine(digests, plan::embedded);
  }

  private CompletableFuture<List<GroupOutcome>> computeGroups(
      AdvantageJob job, EmbeddedTexts embedded, CancellationSignal signal) {
    GroupComputation computation =
        new GroupComputation(
            calculator, new GroupPreparation(job, embedded, memory), job.diversity());
    List<JobEntry> entries = job.entries();
    List<List<Integer>> units = ComputeUnits.of(entries);
    GroupOutcome[] outcomes = new GroupOutcome[entries.size()];
    CompletableFuture<?>[] tasks = new CompletableFuture<?>[units.size()];
    for (int i = 0; i < tasks.length; i++) {
      List<Integer> unit = units.get(i);
      tasks[i] =
          CompletableFuture.runAsync(
              () -> {
                if (signal.remaining().compareTo(Duration.ZERO) <= 0) {
                  observer.deadlineMissed();
                }
                watch.run(
                    signal,
                    () -> computeUnit(unit, entries, computation, outcomes, signal.timeline()));
              },
              compute);
    }
    return CompletableFuture.allOf(tasks).thenApply(done -> ImmutableList.copyOf(outcomes));
  }

  private void computeUnit(
      List<Integer> unit,
      List<JobEntry> entries,
      GroupComputation computation,
      GroupOutcome[] outcomes,
      CallTimeline timeline) {
    if (entries.get(unit.get(0)) instanceof GroupRejection rejection) {
      observer.groupRejected(rejection);
      outcomes[unit.get(0)] = rejection;
      return;
    }
    List<GroupJob> groups = unit.stream().map(entries::get).map(GroupJob.class::cast).toList();
    List<GroupOutcome> computed =
        stages.timed(Stage.ADVANTAGE, timeline, () -> computation.compute(groups));
    for (int k = 0; k < computed.size(); k++) {
      GroupOutcome outcome = computed.get(k);
      outcomes[unit.get(k)] = outcome;
      if (outcome instanceof GroupSuccess success) {
        observer.groupComputed(success.advantages(), success.job().settings());
      } else if (outcome instanceof GroupRejection rejection) {
        observer.groupRejected(rejection);
      }
    }
  }
}
