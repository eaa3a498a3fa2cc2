// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EmbeddingParityTest {
  private static final List<GoldenEmbeddings.Case> GOLDEN = GoldenEmbeddings.read();
  private static RealEmbedder real;

  @BeforeAll
  static void start() {
    real = new RealEmbedder(2, 1024);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @Test
  void embed_chunkMean_agreesWithSentenceTransformers() {
    List<TextOutcome> outcomes = real.embed(tasks());

    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < GOLDEN.size(); i++) {
      GoldenEmbeddings.Case golden = GOLDEN.get(i);
      TextOutcome.Embedded embedded = (TextOutcome.Embedded) outcomes.get(i);
      softly
          .assertThat(GoldenEmbeddings.cosine(embedded.embedding(), golden.chunkMean()))
          .as(golden.name())
          .isGreaterThanOrEqualTo(0.99999);
      softly.assertThat(embedded.tokens()).as(golden.name()).isEqualTo(golden.tokens());
      softly.assertThat(embedded.truncatedTokens()).as(golden.name()).isZero();
    }
    softly.assertAll();
    assertThat(GOLDEN)
        .filteredOn(golden -> golden.name().matches("(gsm8k|humaneval)_.*"))
        .hasSize(212);
  }

  /** What fits into a window is the same as above: of that, one in four. */
  @Test
  void embed_keepHead_agreesWithSentenceTransformers() {
    List<GoldenEmbeddings.Case> some =
        IntStream.range(0, GOLDEN.size())
            .filter(i -> i % 4 == 0 || GOLDEN.get(i).tokens() > 256)
            .mapToObj(GOLDEN::get)
            .toList();
    List<TextOutcome> outcomes =
        real.embed(
            some.stream()
                .map(golden -> new TextTask(golden.text(), TruncationPolicy.KEEP_HEAD))
                .toList());

    assertThat(some).filteredOn(golden -> golden.tokens() > 256).isNotEmpty();
    for (int i = 0; i < some.size(); i++) {
      GoldenEmbeddings.Case golden = some.get(i);
      TextOutcome.Embedded embedded = (TextOutcome.Embedded) outcomes.get(i);
      assertThat(GoldenEmbeddings.cosine(embedded.embedding(), golden.keepHead()))
          .as(golden.name())
          .isGreaterThanOrEqualTo(0.99999);
      assertThat(embedded.truncatedTokens()).isEqualTo(Math.max(0, golden.tokens() - 256));
    }
  }

  @Test
  void embed_anyCompany_sameBits() {
    List<TextTask> tasks = someTasks();
    List<TextOutcome> alone = new ArrayList<>();
    tasks.forEach(task -> alone.addAll(real.embed(List.of(task))));
    Random random = new Random(20261121);

    for (int budget : new int[] {256, 1024, 4096}) {
      try (RealEmbedder other = new RealEmbedder(2, budget)) {
        List<Integer> order = shuffled(tasks.size(), random);
        List<TextOutcome> outcomes = other.embed(order.stream().map(tasks::get).toList());
        assertThat(outcomes)
            .as("budget %d, seed 20261121", budget)
            .isEqualTo(order.stream().map(alone::get).toList());
      }
    }
  }

  private static List<Integer> shuffled(int size, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, random);
    return order;
  }

  /** All of them, with no token left out. */
  private static List<TextTask> tasks() {
    return GOLDEN.stream()
        .map(golden -> new TextTask(golden.text(), TruncationPolicy.CHUNK_MEAN))
        .toList();
  }

  /** One in four, of all kinds and lengths. */
  private static List<TextTask> someTasks() {
    List<TextTask> all = tasks();
    return IntStream.range(0, all.size() / 4).mapToObj(i -> all.get(4 * i)).toList();
  }
}
