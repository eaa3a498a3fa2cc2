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
 * outcome depends on the group alone. Thread-safe; never blocks.
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
    GroupComputation computation = new GroupComputation(calculator, job.diversity());
    List<JobEntry> entries = job.entries();
    GroupOutcome[] outcomes = new GroupOutcome[entries.size()];
    CompletableFuture<?>[] tasks = new CompletableFuture<?>[outcomes.length];
    for (int i = 0; i < outcomes.length; i++) {
      int index = i;
      tasks[i] =
          CompletableFuture.runAsync(
              () -> {
                if (signal.isCancelled()) {
                  throw new CancellationException();
                }
                outcomes[index] = outcome(entries.get(index), job, plan, embedded, computation);
              },
              compute);
    }
    return CompletableFuture.allOf(tasks).thenApply(done -> ImmutableList.copyOf(outcomes));
  }

  private GroupOutcome outcome(
      JobEntry entry,
      AdvantageJob job,
      EmbeddingPlan plan,
      List<TextOutcome> embedded,
      GroupComputation computation) {
    if (entry instanceof GroupRejection rejection) {
      observer.groupRejected(rejection);
      return rejection;
    }
    long begin = ticker.read();
    GroupOutcome outcome = computation.outcome((GroupJob) entry, job, plan, embedded);
    observer.stageEnded(Stage.ADVANTAGE, Duration.ofNanos(ticker.read() - begin));
    if (outcome instanceof GroupSuccess success) {
      observer.groupComputed(success.advantages());
    } else if (outcome instanceof GroupRejection rejection) {
      observer.groupRejected(rejection);
    }
    return outcome;
  }

  private static long tokensOf(List<TextOutcome> outcomes) {
    long tokens = 0;
    for (TextOutcome outcome : outcomes) {
      if (outcome instanceof TextOutcome.Embedded embedded) {
        tokens += embedded.tokens() - embedded.truncatedTokens();
      }
    }
    return tokens;
  }
}
