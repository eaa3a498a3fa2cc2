// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Callers of all scenarios, begun at a rate that no answer changes. One thread's. */
final class Load {
  private static final int LAST_CALLS_SECONDS = 60;

  private final FaultReport report;
  private final Tally tally;
  private final List<Question> questions;
  private final Callers callers;
  private final MalformedCaller malformed;
  private final RawCallers raw;
  private final Random random;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Load(
      Channel channel,
      int port,
      List<Question> questions,
      FaultReport report,
      Tally tally,
      long seed) {
    this.report = report;
    this.tally = tally;
    this.questions = questions;
    this.callers = new Callers(channel, tally);
    this.malformed = new MalformedCaller(channel, tally);
    this.raw = new RawCallers(port, tally);
    this.random = new Random(seed);
  }

  /** Begins {@code callsPerSecond} calls for so long, and returns how long that really took. */
  Duration run(double callsPerSecond, Duration duration) {
    long begin = System.nanoTime();
    long calls = Math.round(callsPerSecond * duration.toMillis() / 1e3);
    for (long call = 0; call < calls; call++) {
      long due = begin + Math.round(call * 1e9 / callsPerSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      Scenario scenario = Scenario.draw(random);
      Question question = questions.get(random.nextInt(questions.size()));
      SplittableRandom own = new SplittableRandom(random.nextLong());
      threads.execute(() -> call(scenario, question, own));
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Waits for the calls that have begun; those that do not end are hung. */
  void awaitLastCalls() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(LAST_CALLS_SECONDS, TimeUnit.SECONDS)) {
      threads.shutdownNow().forEach(call -> report.hung());
      report.hung();
    }
  }

  private void call(Scenario scenario, Question question, SplittableRandom own) {
    if (scenario != Scenario.NORMAL) {
      report.fault();
    }
    try {
      switch (scenario) {
        case NORMAL -> callers.normal(question);
        case CANCEL -> callers.cancel(question, own);
        case DEADLINE -> callers.deadline(question, own);
        case MALFORMED -> malformed.call(own);
        case SLOW -> raw.slow(question);
        case CRASH -> raw.crash(question, own);
      }
    } catch (Exception failure) {
      tally.broken(scenario, failure);
    }
  }
}
