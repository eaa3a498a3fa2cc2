// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.metrics.TwinMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinCallsTest {
  private static final CallKey KEY = new CallKey("method", "trainer", "step-1");

  private final TwinCalls twins = new TwinCalls(new TwinMeters(new SimpleMeterRegistry()));
  private final Deque<Work> works = new ArrayDeque<>();

  /** What was started, and for whom. */
  private record Work(CancellationSignal signal, CompletableFuture<String> answer) {}

  /** A caller that may go. */
  private static final class Waiting implements CancellationSignal {
    private final Duration remaining;
    private boolean gone;

    Waiting(Duration remaining) {
      this.remaining = remaining;
    }

    Waiting() {
      this(FOREVER);
    }

    @Override
    public boolean isCancelled() {
      return gone;
    }

    @Override
    public Duration remaining() {
      return remaining;
    }
  }

  @Test
  void sameQuestion_isWorkedOnOnce() {
    CompletableFuture<String> first = join(KEY, "question", new Waiting());
    CompletableFuture<String> second = join(KEY, "question", new Waiting());

    assertThat(works).hasSize(1);
    works.getLast().answer().complete("answer");

    assertThat(first).isCompletedWithValue("answer");
    assertThat(second).isCompletedWithValue("answer");
    assertThat(twins.size()).isZero();
  }

  @Test
  void anotherQuestion_isRefused_theFirstGoesOn() {
    CompletableFuture<String> first = join(KEY, "question", new Waiting());

    CompletableFuture<String> second = join(KEY, "another", new Waiting());

    assertThat(works).hasSize(1);
    assertThatThrownBy(second::join)
        .hasCauseInstanceOf(RequestIdReusedException.class)
        .hasMessageContaining("request_id: step-1 is in flight with other content");
    works.getLast().answer().complete("answer");
    assertThat(first).isCompletedWithValue("answer");
    assertThat(twins.size()).isZero();
  }

  @Test
  void otherCallersMethodsAndIds_neverMeet() {
    join(KEY, "question", new Waiting());
    join(new CallKey("method", "evaluation", "step-1"), "other question", new Waiting());
    join(new CallKey("other", "trainer", "step-1"), "other question", new Waiting());
    join(new CallKey("method", "trainer", "step-2"), "other question", new Waiting());

    assertThat(works).hasSize(4);
    assertThat(twins.size()).isEqualTo(4);
  }

  @Test
  void answerIsNotKept() {
    join(KEY, "question", new Waiting());
    works.getLast().answer().complete("answer");

    CompletableFuture<String> later = join(KEY, "another", new Waiting());

    assertThat(works).hasSize(2);
    works.getLast().answer().complete("another answer");
    assertThat(later).isCompletedWithValue("another answer");
  }

  @Test
  void failure_isBoths_andTheIdIsFree() {
    CompletableFuture<String> first = join(KEY, "question", new Waiting());
    CompletableFuture<String> second = join(KEY, "question", new Waiting());

    works.getLast().answer().completeExceptionally(new IllegalStateException("full"));

    assertThatThrownBy(first::join).hasRootCauseMessage("full");
    assertThatThrownBy(second::join).hasRootCauseMessage("full");
    assertThat(twins.size()).isZero();
  }

  @Test
  void workGoesOnForTheLastOfItsCallers() {
    Waiting early = new Waiting();
    Waiting late = new Waiting();
    join(KEY, "question", early);
    join(KEY, "question", late);
    CancellationSignal signal = works.getLast().signal();

    early.gone = true;
    assertThat(signal.isCancelled()).isFalse();
    late.gone = true;
    assertThat(signal.isCancelled()).isTrue();
  }

  @Test
  void workHasTheTimeOfTheMostPatient() {
    Waiting patient = new Waiting(Duration.ofSeconds(60));
    join(KEY, "question", new Waiting(Duration.ofSeconds(5)));
    join(KEY, "question", patient);
    CancellationSignal signal = works.getLast().signal();

    assertThat(signal.remaining()).isEqualTo(Duration.ofSeconds(60));
    patient.gone = true;
    assertThat(signal.isCancelled()).isFalse();
    assertThat(signal.remaining()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"question", "another"})
  void abandonedWork_isNobodysTwin(String next) {
    Waiting gone = new Waiting();
    join(KEY, "question", gone);
    gone.gone = true;

    CompletableFuture<String> later = join(KEY, next, new Waiting());

    assertThat(works).hasSize(2);
    assertThat(works.getFirst().signal().isCancelled()).isTrue();
    assertThat(works.getLast().signal().isCancelled()).isFalse();
    works.getFirst().answer().cancel(false);
    assertThat(twins.size()).isEqualTo(1);
    works.getLast().answer().complete("answer");
    assertThat(later).isCompletedWithValue("answer");
    assertThat(twins.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomOrder_everybodyHasTheRightAnswer_nothingStays(long seed) {
    Random random = new Random(seed);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(3) > 0) {
        String question = "question-" + random.nextInt(3);
        Waiting caller = new Waiting();
        caller.gone = random.nextInt(4) == 0;
        questions.add(question);
        answers.add(join(new CallKey("method", "", "id-" + random.nextInt(5)), question, caller));
      } else if (!works.isEmpty()) {
        finish(random.nextBoolean() ? works.removeFirst() : works.removeLast(), random);
      }
    }
    works.forEach(work -> finish(work, random));

    assertThat(twins.size()).isZero();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(outcome(answers.get(i))).isIn("answer to " + questions.get(i), "reused", "failed");
    }
  }

  @CanIgnoreReturnValue
  private CompletableFuture<String> join(CallKey key, String question, CancellationSignal caller) {
    return twins.join(
        key,
        question,
        caller,
        signal -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          works.addLast(new Work(signal, answer));
          return answer.thenApply(said -> said.equals("own") ? "answer to " + question : said);
        });
  }

  private static void finish(Work work, Random random) {
    if (random.nextInt(5) == 0) {
      work.answer().completeExceptionally(new IllegalStateException("failed"));
    } else {
      work.answer().complete("own");
    }
  }

  private static String outcome(CompletableFuture<String> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      return failed.getCause() instanceof RequestIdReusedException ? "reused" : "failed";
    }
  }
}
