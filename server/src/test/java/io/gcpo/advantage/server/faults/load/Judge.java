// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Says what became of a call: answered, wrong, refused, lost, or hung, when it is not over a second
 * after its deadline. Thread-safe.
 */
public final class Judge {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int TOLD = 3;

  private final FaultReport report;
  private final Duration deadline;
  private final Predicate<Throwable> allowed;
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();

  /**
   * Judges for a report.
   *
   * @param deadline of each call
   * @param allowed failures that the situation allows
   */
  public Judge(FaultReport report, Duration deadline, Predicate<Throwable> allowed) {
    this.report = report;
    this.deadline = deadline;
    this.allowed = allowed;
  }

  /** Waits for the end of a call; true if it was answered rightly. */
  public boolean judge(Question question, CompletableFuture<ComputeAdvantagesResponse> call) {
    try {
      ComputeAdvantagesResponse answer =
          call.get(deadline.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
      if (question.isAnsweredBy(answer)) {
        report.answered();
        return true;
      }
      report.wrong();
      tell("other numbers");
    } catch (TimeoutException hung) {
      report.hung();
      tell("hung: %d groups".formatted(question.request().getGroupsCount()));
    } catch (ExecutionException failed) {
      judge(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Why calls had other ends than an answer; the first few. */
  public String reasons() {
    return String.join("; ", reasons);
  }

  private void judge(Throwable failure) {
    if (allowed.test(failure)) {
      report.refused();
    } else {
      report.lost();
      tell(failure.toString());
    }
  }

  private void tell(String reason) {
    if (reasons.size() < TOLD) {
      reasons.add(reason);
    }
  }
}
