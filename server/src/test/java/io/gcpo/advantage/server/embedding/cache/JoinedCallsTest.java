// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls that ask for a text while it is being embedded for another. */
final class JoinedCallsTest {
  private final ManualEmbedder embedder = new ManualEmbedder();
  private final RecordingCacheObserver observer = new RecordingCacheObserver();
  private final CachingEmbedder caching =
      new CachingEmbedder(embedder, new EmbeddingCache(1 << 20, observer), observer);

  @Test
  void embed_runningText_isEmbeddedOnceAndBothHaveIt() {
    CompletableFuture<List<TextOutcome>> first = embed("a", "b");
    CompletableFuture<List<TextOutcome>> second = embed("b", "c");

    assertThat(embedder.calls())
        .map(ManualEmbedder.Call::texts)
        .containsExactly(tasks("a", "b"), tasks("c"));
    embedder.calls().get(1).succeed();
    assertThat(second).isNotDone();
    embedder.calls().get(0).succeed();

    assertThat(first.join()).isEqualTo(plain("a", "b"));
    assertThat(second.join().get(0)).isEqualTo(plain("b").get(0).asCached());
    assertThat(second.join().get(1)).isEqualTo(plain("c").get(0));
    assertThat(observer.hits).hasValue(1);
    assertThat(observer.misses).hasValue(3);
    assertThat(observer.reusedTokens).hasValue(3);
    assertThat(caching.runningTexts()).isZero();
  }

  @Test
  void embed_twoThatWaitForEachOther_bothEnd() {
    CompletableFuture<List<TextOutcome>> first = embed("a", "b");
    CompletableFuture<List<TextOutcome>> second = embed("c", "a");
    CompletableFuture<List<TextOutcome>> third = embed("c", "b");

    embedder.calls().get(0).succeed();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    embedder.calls().get(1).succeed();

    assertThat(second).isCompleted();
    assertThat(third).isCompleted();
    assertThat(embedder.calls()).hasSize(2);
  }

  @Test
  void embed_firstFails_oneOfThoseThatWaitedEmbedsItForAll() {
    CompletableFuture<List<TextOutcome>> first = embed("a");
    CompletableFuture<List<TextOutcome>> second = embed("a");
    CompletableFuture<List<TextOutcome>> third = embed("a");

    embedder.calls().get(0).fail(new CancellationException());
    assertThat(first).isCancelled();
    assertThat(second).isNotDone();
    assertThat(embedder.calls()).hasSize(2);
    embedder.calls().get(1).succeed();

    assertThat(Stream.of(second, third).filter(f -> f.join().get(0).computedTokens() > 0))
        .hasSize(1);
    assertThat(caching.runningTexts()).isZero();
  }

  @Test
  void embed_allFail_eachHasAFailureOfItsOwn() {
    List<CompletableFuture<List<TextOutcome>>> answers =
        Stream.generate(() -> embed("a")).limit(50).toList();

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers).filteredOn(CompletableFuture::isDone).hasSize(i);
      embedder.calls().get(i).fail(QueueFullException.ofTokens(1, 1, 1, Duration.ofSeconds(1)));
    }

    assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(caching.runningTexts()).isZero();
  }

  @Test
  void cancel_oneThatWaits_othersGoOn() {
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<List<TextOutcome>> first = embed("a");
    CompletableFuture<List<TextOutcome>> second = caching.embed(tasks("a"), gone::get);
    CompletableFuture<List<TextOutcome>> third = embed("a");

    gone.set(true);
    assertThat(embedder.calls().get(0).signal().isCancelled()).isFalse();
    embedder.calls().get(0).succeed();

    assertThat(first).isCompleted();
    assertThat(second).isCancelled();
    assertThat(third).isCompleted();
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void cancel_oneThatWaitsForAFailure_embedsNothing() {
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<List<TextOutcome>> first = embed("a");
    CompletableFuture<List<TextOutcome>> second = caching.embed(tasks("a"), gone::get);

    gone.set(true);
    embedder.calls().get(0).fail(new CancellationException());

    assertThat(first).isCancelled();
    assertThat(second).isCancelled();
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void embed_tooLongForAnother_isTooLong() {
    String text = "a".repeat(2 * FakeEmbedder.WINDOW);
    CompletableFuture<List<TextOutcome>> first = embed(text);
    CompletableFuture<List<TextOutcome>> second = embed(text);

    embedder.calls().get(0).succeed();

    assertThat(second.join()).isEqualTo(first.join());
    assertThat(second.join().get(0)).isInstanceOf(TextOutcome.TooLong.class);
  }

  @Test
  void find_keptRunningAndUnknown_waitsForWhatRuns() {
    embed("kept");
    embedder.calls().get(0).succeed();
    embed("running");

    CompletableFuture<List<TextOutcome>> found = find("kept", "running", "unknown", "kept");

    assertThat(found).isNotDone();
    embedder.calls().get(1).succeed();
    TextOutcome kept = plain("kept").get(0).asCached();
    assertThat(found.join())
        .containsExactly(kept, plain("running").get(0).asCached(), new TextOutcome.Unknown(), kept);
    assertThat(embedder.calls()).hasSize(2);
  }

  @Test
  void find_otherPolicy_isUnknown() {
    embed("a");
    embedder.calls().get(0).succeed();

    List<DigestTask> other =
        List.of(new DigestTask(ContentDigest.of("a"), TruncationPolicy.KEEP_HEAD));

    assertThat(caching.find(other, CancellationSignal.NONE).join())
        .containsExactly(new TextOutcome.Unknown());
  }

  @Test
  void find_runWasCancelled_isUnknown() {
    embed("a");
    CompletableFuture<List<TextOutcome>> found = find("a");

    embedder.calls().get(0).fail(new CancellationException());

    assertThat(found.join()).containsExactly(new TextOutcome.Unknown());
  }

  @Test
  void find_runWasCancelledButAnotherEmbeddedIt_isFoundOrUnknownAndNeverHangs() {
    embed("a");
    CompletableFuture<List<TextOutcome>> waiting = embed("a");
    CompletableFuture<List<TextOutcome>> found = find("a");

    embedder.calls().get(0).fail(new CancellationException());
    assertThat(found).isCompleted();
    embedder.calls().get(1).succeed();

    assertThat(waiting.join()).isEqualTo(plain("a"));
  }

  @Test
  void find_modelFailed_failsAsItDid() {
    EmbeddingUnavailableException failure = new EmbeddingUnavailableException("broken");
    embed("a");
    CompletableFuture<List<TextOutcome>> found = find("a");

    embedder.calls().get(0).fail(failure);

    assertThatThrownBy(found::join).hasCause(failure);
  }

  @Test
  void find_callerGone_isCancelled() {
    CompletableFuture<List<TextOutcome>> found =
        caching.find(List.of(DigestTask.of(task("a"))), () -> true);

    assertThat(found).isCancelled();
  }

  @Test
  void share_twoModels_doNotMix() {
    EmbeddingCache shared = new EmbeddingCache(1 << 20, observer);
    HandedOn other = new HandedOn();
    CachingEmbedder one = new CachingEmbedder(new FakeEmbedder(), shared, observer);
    CachingEmbedder two = new CachingEmbedder(other, shared, observer);

    one.embed(tasks("a"), CancellationSignal.NONE).join();

    assertThat(two.embed(tasks("a"), CancellationSignal.NONE)).isNotDone();
    assertThat(other.signal.get()).isNotNull();
  }

  @CanIgnoreReturnValue
  private CompletableFuture<List<TextOutcome>> embed(String... texts) {
    return caching.embed(tasks(texts), CancellationSignal.NONE);
  }

  private CompletableFuture<List<TextOutcome>> find(String... texts) {
    return caching.find(
        tasks(texts).stream().map(DigestTask::of).toList(), CancellationSignal.NONE);
  }

  private static List<TextOutcome> plain(String... texts) {
    return new FakeEmbedder().embed(tasks(texts), CancellationSignal.NONE).join();
  }

  private static List<TextTask> tasks(String... texts) {
    return Stream.of(texts).map(JoinedCallsTest::task).toList();
  }

  private static TextTask task(String text) {
    return new TextTask(text, TruncationPolicy.ERROR);
  }
}
