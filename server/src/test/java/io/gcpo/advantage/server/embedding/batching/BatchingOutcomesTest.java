// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of each text, right or wrong. */
final class BatchingOutcomesTest extends BatchingEmbedderFixture {
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
  void embed_failingBatch_failsThatTextOnly() {
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> failing = embed("bad!");
    CompletableFuture<List<TextOutcome>> other = embed("otherone");
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertThat(other.join()).hasSize(1);
    assertLost(failing, EmbeddingFailure.WORKER_RESTARTING);
    assertThat(observer.failures).isNotEmpty();
    assertThat(embed("next").join()).hasSize(1);
  }

  @Test
  void embed_errorInABatch_workerLivesOn() {
    start();

    assertLost(embed("#"), EmbeddingFailure.WORKER_RESTARTING);
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
    assertLost(bad, EmbeddingFailure.NON_FINITE_EMBEDDING);
  }

  @Test
  void embed_failingTokenizer_failsTheRequestAndGivesItsTokensBack() {
    embedder = create(1, 100, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();

    for (int i = 0; i < 100; i++) {
      assertLost(embed("broken"), EmbeddingFailure.INTERNAL);
    }
    CompletableFuture<List<TextOutcome>> first = embedAndHold("a".repeat(8));
    CompletableFuture<List<TextOutcome>> second = embed("b".repeat(80));
    model.letPass();
    assertThat(first.join()).hasSize(1);
    assertThat(second.join()).hasSize(1);
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
}
