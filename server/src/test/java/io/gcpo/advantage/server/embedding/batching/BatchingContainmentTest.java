// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that fails fails what it must, and saves the rest. */
final class BatchingContainmentTest extends BatchingEmbedderFixture {
  @ParameterizedTest
  @CsvSource({
    "b!, WORKER_RESTARTING",
    "b#, WORKER_RESTARTING",
    "b%, DEVICE_OOM",
    "b?, NON_FINITE_EMBEDDING"
  })
  void poisonedText_failsAlone_othersHaveTheBitsTheyHaveAlone(
      String poison, EmbeddingFailure reason) {
    start();

    List<TextOutcome> outcomes = oneBatch("a", poison, "c", "d");

    assertThat(outcomes.get(1)).isEqualTo(new TextOutcome.Failed(reason));
    for (int i : new int[] {0, 2, 3}) {
      String alone = List.of("a", poison, "c", "d").get(i);
      assertThat(embedded(outcomes.get(i)).embedding()).isEqualTo(embeddingOf(alone));
    }
    assertThat(observer.splits).hasPositiveValue();
    assertThat(observer.restarts).hasValue(0);
    assertThat(observer.inFlightTokens).hasValue(0);
  }

  @Test
  void memoryForHalfABatch_everyTextIsSaved() {
    start();
    model.maxRows = 1;

    assertThat(oneBatch("a", "b", "c", "d")).allSatisfy(outcome -> embedded(outcome));
    assertThat(observer.failures).isNotEmpty().allMatch(DeviceMemoryException.class::isInstance);
  }

  @Test
  void finiteAloneOnly_everyTextIsSaved() {
    start();
    model.finiteAloneOnly = true;

    assertThat(oneBatch("a", "b", "c", "d")).allSatisfy(outcome -> embedded(outcome));
  }

  @Test
  void everythingFails_isTriedAgainFourTimesAtMost() {
    start();

    List<TextOutcome> outcomes = oneBatch("a!", "b!", "c!", "d!");

    assertThat(outcomes).containsOnly(new TextOutcome.Failed(EmbeddingFailure.WORKER_RESTARTING));
    long tries = model.encodedTexts().stream().filter(text -> text.endsWith("!")).count();
    assertThat(tries).isBetween(8L, 4L + 4 * 4);
  }

  @Test
  void oneOfManyWindows_failsItsTextOnce() {
    start();

    List<TextOutcome> outcomes = embed("abcdefgh!abcdefghabcdefgh", "other").join();

    assertThat(outcomes.get(0))
        .isEqualTo(new TextOutcome.Failed(EmbeddingFailure.WORKER_RESTARTING));
    assertThat(embedded(outcomes.get(1)).embedding()).isEqualTo(embeddingOf("other"));
    assertThat(observer.queuedTokens).hasValue(0);
  }

  /** The model has taken another batch before, so that these wait together. */
  private List<TextOutcome> oneBatch(String... texts) {
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> together = embed(texts);
    model.letPass();
    List<TextOutcome> outcomes = together.join();
    assertThat(running.join()).hasSize(1);
    return outcomes;
  }
}
