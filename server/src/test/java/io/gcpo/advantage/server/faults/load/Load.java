// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Callers that ask one question after the other, each in its own rhythm, until the load is closed.
 */
public final class Load implements AutoCloseable {
  /** Well beyond the deadline of a call: on a busy machine servers take their time to come back. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofMillis(5);

  private final List<Thread> threads = new ArrayList<>();
  private final List<AtomicLong> answers = new ArrayList<>();
  private final List<Question> questions;
  private final Judge judge;
  private volatile boolean stopped;

  private Load(List<Question> questions, Judge judge) {
    this.questions = questions;
    this.judge = judge;
  }

  /** How a caller asks. */
  public interface Asking
      extends Function<ComputeAdvantagesRequest, CompletableFuture<ComputeAdvantagesResponse>> {}

  /**
   * Starts a caller for each of the ways to ask.
   *
   * @param pause of a caller after each call
   */
  public static Load start(
      List<Question> questions, Judge judge, Duration pause, List<Asking> callers) {
    Load load = new Load(questions, judge);
    for (int i = 0; i < callers.size(); i++) {
      int first = i;
      Asking asking = callers.get(i);
      AtomicLong own = new AtomicLong();
      load.answers.add(own);
      load.threads.add(
          new Thread(() -> load.run(asking, first, pause.toNanos(), own), "caller-" + i));
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  /** Answers so far, of all callers. */
  public long answered() {
    return answers.stream().mapToLong(AtomicLong::get).sum();
  }

  /** Until each caller has had {@code more} right answers from now on. */
  public void awaitAnswers(long more) {
    long[] wanted = answers.stream().mapToLong(own -> own.get() + more).toArray();
    long begin = System.nanoTime();
    while (IntStream.range(0, wanted.length).anyMatch(i -> answers.get(i).get() < wanted[i])) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError("no answers in %s: %s".formatted(PATIENCE, judge.reasons()));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void run(Asking asking, int first, long pauseNanos, AtomicLong own) {
    for (int turn = first; !stopped; turn++) {
      Question question = questions.get(turn % questions.size());
      CompletableFuture<ComputeAdvantagesResponse> call = asking.apply(question.request());
      if (judge.judge(question, call)) {
        own.incrementAndGet();
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }
}
