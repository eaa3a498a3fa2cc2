// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.testing.Models;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BatchingEmbedderTest {
  private static final int WINDOW = 10;

  private final FakeTokenizer tokenizer = new FakeTokenizer();
  private final FakeModel model = new FakeModel();
  private final RecordingObserver observer = new RecordingObserver();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private boolean deterministic;
  private BatchingEmbedder embedder =
      create(1, 100_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);

  @AfterEach
  void stop() throws InterruptedException {
    model.letPass();
    if (!stopped.get()) {
      embedder.stop();
    }
  }

  @Test
  void embed_oneText_meanOfItsTokensAtLengthOne() {
    start();

    TextOutcome.Embedded outcome = embedded(embed("ab").join().get(0));

    // [CLS] a b [SEP] = 1, 97, 98, 2 at positions 1 to 4.
    double[] sum = {1 + 97 + 98 + 2, 1 + 2 + 3 + 4, 4};
    double norm = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
    for (int i = 0; i < sum.length; i++) {
      assertThat((double) outcome.embedding().get(i)).isCloseTo(sum[i] / norm, within(1e-7));
    }
    assertThat(outcome.tokens()).isEqualTo(4);
    assertThat(outcome.truncatedTokens()).isZero();
  }

  @Test
  void embed_longText_averagesOverTheTokensOfAllWindows() {
    start();

    TextOutcome.Embedded outcome = embedded(embed("a".repeat(9)).join().get(0));

    // Windows of 8 and 1 characters: 10 and 3 tokens.
    double[] sum = {9 * 97 + 2 * (1 + 2), 55 + 6, 13};
    double norm = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
    assertThat((double) outcome.embedding().get(1)).isCloseTo(sum[1] / norm, within(1e-7));
    assertThat((double) outcome.embedding().get(2)).isCloseTo(sum[2] / norm, within(1e-7));
    assertThat(outcome.tokens()).isEqualTo(11);
  }

  @Test
  void embed_emptyText_specialTokensOnly() {
    start();

    assertThat(embedded(embed("").join().get(0)).tokens()).isEqualTo(2);
  }

  @Test
  void embed_noTexts_noOutcomes() {
    start();

    assertThat(embedder.embed(List.of(), CancellationSignal.NONE).join()).isEmpty();
  }

  @Test
  void embed_policies_eachAsAsked() {
    start();
    String text = "abcdefghij";

    List<TextOutcome> outcomes =
        embedder
            .embed(
                List.of(
                    new TextTask(text, TruncationPolicy.ERROR),
                    new TextTask(text, TruncationPolicy.KEEP_HEAD),
                    new TextTask(text, TruncationPolicy.KEEP_TAIL)),
                CancellationSignal.NONE)
            .join();

    assertThat(outcomes.get(0)).isEqualTo(new TextOutcome.TooLong(12, WINDOW));
    assertThat(embedded(outcomes.get(1)).truncatedTokens()).isEqualTo(2);
    assertThat(embedded(outcomes.get(1)).embedding()).isEqualTo(embeddingOf("abcdefgh"));
    assertThat(embedded(outcomes.get(2)).embedding()).isEqualTo(embeddingOf("cdefghij"));
  }

  @Test
  void embed_onlyRefusedTexts_completesWithoutTheModel() {
    start();
    int before = model.batches.size();

    List<TextOutcome> outcomes =
        embedder
            .embed(
                List.of(new TextTask("x".repeat(20), TruncationPolicy.ERROR)),
                CancellationSignal.NONE)
            .join();

    assertThat(outcomes).containsExactly(new TextOutcome.TooLong(22, WINDOW));
    assertThat(model.batches).hasSize(before);
  }

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
  void embed_failingBatch_failsItsRequestsOnly() {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> failing = embed("bad!");
    CompletableFuture<List<TextOutcome>> other = embed("otherone");
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(other.join()).hasSize(1);
    assertFailure(failing, EmbeddingUnavailableException.class);
    assertThat(observer.failures).hasSize(1);
    assertThat(embed("next").join()).hasSize(1);
  }

  @Test
  void embed_errorInABatch_workerLivesOn() {
    start();

    assertFailure(embed("#"), EmbeddingUnavailableException.class);
    assertThat(embed("next").join()).hasSize(1);
  }

  @Test
  void embed_nonFiniteState_failsThatRequestOnly() {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> bad = embed("a?");
    CompletableFuture<List<TextOutcome>> sameBatch = embed("ab");
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(sameBatch.join()).hasSize(1);
    assertFailure(bad, NonFiniteEmbeddingException.class);
  }

  @Test
  void embed_failingTokenizer_failsTheRequestAndGivesItsTokensBack() {
    embedder = create(1, 100, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();

    for (int i = 0; i < 100; i++) {
      assertFailure(embed("broken"), EmbeddingUnavailableException.class);
    }
    CompletableFuture<List<TextOutcome>> first = embedAndHold("a".repeat(8));
    CompletableFuture<List<TextOutcome>> second = embed("b".repeat(80));
    model.letPass();
    assertThat(first.join()).hasSize(1);
    assertThat(second.join()).hasSize(1);
  }

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
  void embed_mebibyteText_workGrowsWithItsLength() {
    embedder =
        create(2, 4_000_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    long tokenised = tokenizer.characters.get();
    int batches = model.batches.size();
    int length = 1 << 20;

    TextOutcome.Embedded outcome = embedded(embed("z".repeat(length)).join().get(0));

    assertThat(outcome.tokens()).isEqualTo(length + 2);
    assertThat(tokenizer.characters).hasValue(tokenised + length);
    long encoded =
        model.batches.stream().skip(batches).mapToLong(batch -> batch.contents().size()).sum();
    assertThat(encoded).isEqualTo(length / (WINDOW - 2));
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

  private record Remaining(Duration remaining) implements CancellationSignal {
    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  private BatchingEmbedder create(
      int workers, long maxQueuedTokens, ExecutorService executor, RecordedEmbeddings recorded) {
    return BatchingEmbedder.create(
        new BatchingConfig(workers, 1, 32, 1, 32, 8, deterministic, maxQueuedTokens),
        Models.fake("fake", WINDOW),
        recorded,
        tokenizer,
        model,
        new EmbeddingThreads(executor, Thread::new),
        observer,
        Ticker.systemTicker());
  }

  private void start() {
    embedder.start();
  }

  private CompletableFuture<List<TextOutcome>> embed(String... texts) {
    return embedder
        .embed(
            Arrays.stream(texts).map(BatchingEmbedderTest::task).toList(), CancellationSignal.NONE)
        .orTimeout(60, TimeUnit.SECONDS);
  }

  /** The text's batch is with the model, and stays there until the model lets batches pass. */
  private CompletableFuture<List<TextOutcome>> embedAndHold(String text) {
    model.hold();
    CompletableFuture<List<TextOutcome>> held = embed(text);
    model.awaitBatch();
    return held;
  }

  private Embedding embeddingOf(String text) {
    return embedded(embed(text).join().get(0)).embedding();
  }

  private static TextTask task(String text) {
    return new TextTask(text, TruncationPolicy.CHUNK_MEAN);
  }

  private static TextOutcome.Embedded embedded(TextOutcome outcome) {
    return (TextOutcome.Embedded) outcome;
  }

  private static void assertFailure(
      CompletableFuture<?> future, Class<? extends Throwable> expected) {
    CompletableFuture<Throwable> failure =
        future.handle((value, thrown) -> thrown).orTimeout(60, TimeUnit.SECONDS);
    assertThat(failure.join()).isInstanceOf(expected);
  }
}
