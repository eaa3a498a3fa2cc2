// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How the embedder starts, what it says of itself and its work, and how it stops. */
final class BatchingLifecycleTest extends BatchingEmbedderFixture {
  @Test
  void stop_workWaits_failsItAndClosesEverything() throws InterruptedException {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> waiting = embed("waiting one");
    CompletableFuture<Void> released =
        waiting.handle(
            (outcomes, failure) -> {
              model.letPass();
              return null;
            });

    embedder.stop();
    stopped.set(true);

    assertThat(released).isDone();
    assertFailure(waiting, EmbeddingUnavailableException.class);
    assertThat(running).isDone();
    assertFailure(embed("late"), EmbeddingUnavailableException.class);
    assertThat(model.openEncoders).hasValue(0);
    assertThat(model.closed).hasValue(1);
    assertThat(tokenizer.closed).isTrue();
  }

  @Test
  void observed_oneInTheModelAndOneWaiting_untilBothAreThrough() {
    start();
    assertThat(embedder.oldestWait()).isZero();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    long inFlight = observer.inFlightTokens.get();
    CompletableFuture<List<TextOutcome>> waiting = embed("waits");
    assertThat(inFlight).isPositive();
    assertThat(embedder.oldestWait()).isPositive();

    model.letPass();
    CompletableFuture.allOf(running, waiting).join();
    assertThat(observer.waitForSequences(2)).isTrue();
    assertThat(observer.inFlightTokens).hasValue(0);
    assertThat(observer.batched).hasValue(2);
    assertThat(embedder.oldestWait()).isZero();
  }

  @Test
  void start_recordedEmbeddingDiffers_failsAndCloses() {
    RecordedEmbeddings wrong =
        new RecordedEmbeddings(Map.of("ab", Embedding.copyOf(new float[] {0, 1, 0})));
    embedder = create(1, 100, MoreExecutors.newDirectExecutorService(), wrong);
    stopped.set(true);

    assertThatThrownBy(() -> embedder.start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("self-test: \"ab\" has cosine ");
    assertThat(model.openEncoders).hasValue(0);
    assertThat(model.closed).hasValue(1);
  }

  @Test
  void start_recordedEmbeddingAgrees_isReady() {
    start();
    Embedding right = embeddingOf("ab");
    embedder =
        create(
            1,
            100,
            MoreExecutors.newDirectExecutorService(),
            new RecordedEmbeddings(Map.of("ab", right)));
    start();

    assertThat(embeddingOf("ab")).isEqualTo(right);
  }

  @Test
  void observer_oneRequest_hearsEachStep() {
    start();

    embed("ab", "cd", "x".repeat(9)).join();

    assertThat(observer.waitForSequences(4)).isTrue();
    assertThat(observer.tokenizedTexts).hasValue(3);
    assertThat(observer.dequeued).hasValue(4);
    assertThat(observer.realTokens).hasValue(4 + 4 + 10 + 3);
    assertThat(observer.paddingTokens).hasValue(4 + 4 + 0 + 5);
    assertThat(observer.queuedTokens).hasValue(0);
  }

  @Test
  void model_identity_asTheDirectorySays() {
    start();

    assertThat(embedder.model()).isEqualTo(new ModelIdentity("fake", "f".repeat(64), 3, WINDOW));
    assertThat(embedder.engine().name()).isEqualTo("fake");
  }
}
