// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResendTest {
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final CompletableFuture<String> second = new CompletableFuture<>();
  private final CompletableFuture<String> answer =
      Resend.of(first, "lacking"::equals, () -> second);

  @Test
  void of_sufficientFirst_isTheFirst() {
    first.complete("good");

    assertThat(answer).isCompletedWithValue("good");
  }

  @Test
  void of_insufficientFirst_isTheSecond() {
    first.complete("lacking");

    assertThat(answer).isNotDone();
    second.complete("good");
    assertThat(answer).isCompletedWithValue("good");
  }

  @Test
  void of_eitherFails_failsAsItDid() {
    IllegalStateException failure = new IllegalStateException("refused");
    first.complete("lacking");
    second.completeExceptionally(failure);

    assertThatThrownBy(answer::join).hasCause(failure);
  }

  @Test
  void cancel_answer_cancelsTheCallInFlight() {
    first.complete("lacking");

    answer.cancel(false);

    assertThat(second).isCancelled();
    assertThat(first).isCompleted();
  }

  @Test
  void cancel_beforeTheFirst_cancelsIt() {
    answer.cancel(false);

    assertThat(first).isCancelled();
  }
}
