// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which texts are served when, and with which others. */
final class BatchingOrderTest extends BatchingEmbedderFixture {
  @Test
  void embed_queueFull_refusesBeforeTokenising() {
    embedder = create(1, 100, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> waiting = embed("w".repeat(70));
    long tokenised = tokenizer.characters.get();

    CompletableFuture<List<TextOutcome>> refused = embed("r".repeat(90));

    assertFailure(refused, QueueFullException.class);
    assertThat(tokenizer.characters).hasValue(tokenised);
    model.letPass();
    assertThat(running.join()).hasSize(1);
    assertThat(waiting.join()).hasSize(1);
    assertThat(embed("r".repeat(90)).join()).hasSize(1);
  }

  @Test
  void embed_queueFullOfCancelledWork_makesRoom() {
    embedder = create(1, 100, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<List<TextOutcome>> waiting =
        embedder.embed(List.of(task("w".repeat(70))), gone::get);
    gone.set(true);

    CompletableFuture<List<TextOutcome>> admitted = embed("r".repeat(90));

    assertFailure(waiting, CancellationException.class);
    model.letPass();
    assertThat(running.join()).hasSize(1);
    assertThat(admitted.join()).hasSize(1);
  }

  @Test
  void embed_cancelledWhileWaiting_isNotComputed() {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<List<TextOutcome>> cancelled =
        embedder.embed(List.of(task("gone")), gone::get);
    CompletableFuture<List<TextOutcome>> other = embed("other one");
    gone.set(true);
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(other.join()).hasSize(1);
    assertFailure(cancelled, CancellationException.class);
    assertThat(model.encodedTexts()).doesNotContain("gone");
  }

  @Test
  void embed_cancelledBeforeTokenising_isNotTokenised() {
    start();
    long tokenised = tokenizer.characters.get();

    assertFailure(embedder.embed(List.of(task("gone")), () -> true), CancellationException.class);
    assertThat(tokenizer.characters).hasValue(tokenised);
  }

  @Test
  void embed_earlierDeadline_isServedFirst() {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> patient = embed("nohurry1");
    CompletableFuture<List<TextOutcome>> urgent =
        embedder.embed(List.of(task("longer than others")), new Remaining(Duration.ofSeconds(1)));
    model.letPass();

    CompletableFuture.allOf(running, patient, urgent).join();

    List<String> texts = model.encodedTexts();
    assertThat(texts.indexOf("longer t")).isLessThan(texts.indexOf("nohurry1"));
  }

  @Test
  void embed_deterministicButRowsDepend_oneWindowAtATime() {
    model.independentOfRows = false;
    deterministic = true;
    embedder =
        create(1, 100_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> others = embed("ab", "cd", "ef");
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(others.join()).hasSize(3);
    assertThat(model.batches).allMatch(batch -> batch.size() == 1);
  }

  @Test
  void embed_rowsDependAndThatIsFine_lengthsShareABatch() {
    model.independentOfRows = false;
    embedder =
        create(1, 100_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> mixed = embed("abcdefgh", "abcdef");
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(mixed.join()).hasSize(2);
    assertThat(model.batches).anyMatch(batch -> batch.size() == 2 && batch.paddedLength() == 10);
  }

  @Test
  void embed_manyCallersAtOnce_sameAsAlone() {
    ExecutorService tokenizers = Executors.newFixedThreadPool(2);
    embedder = create(4, 10_000_000, tokenizers, RecordedEmbeddings.NONE);
    start();
    Random random = new Random(3);
    List<List<TextTask>> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<TextTask> request = new ArrayList<>();
      for (int j = random.nextInt(20); j >= 0; j--) {
        request.add(task(Integer.toString(random.nextInt(50)).repeat(random.nextInt(30))));
      }
      requests.add(request);
    }
    List<List<TextOutcome>> alone =
        requests.stream()
            .map(request -> embedder.embed(request, CancellationSignal.NONE).join())
            .toList();

    List<CompletableFuture<List<TextOutcome>>> together =
        requests.parallelStream()
            .map(request -> embedder.embed(request, CancellationSignal.NONE))
            .toList();

    assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
  }

  @Test
  void embed_manyTexts_modelBeginsBeforeTheLastIsTokenised() {
    ManualExecutor tokenizers = new ManualExecutor();
    embedder = create(1, 10_000_000, tokenizers, RecordedEmbeddings.NONE);
    start();
    List<TextTask> tasks = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tasks.add(task("text " + i));
    }
    CompletableFuture<List<TextOutcome>> future = embedder.embed(tasks, CancellationSignal.NONE);

    tokenizers.runNext();

    assertThat(observer.tokenizedTexts).hasPositiveValue().hasValueLessThan(10_000);
    assertThat(observer.waitForSequences(1)).isTrue();
    assertThat(tokenizers.size()).isEqualTo(1);
    tokenizers.runAll();
    assertThat(future.join()).hasSize(10_000);
  }

  private record Remaining(Duration remaining) implements CancellationSignal {
    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
