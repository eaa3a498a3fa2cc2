// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.RealEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ND4J against ONNX Runtime, on real rollouts and on the golden texts, nasty ones among them. */
final class EngineParityTest {
  /** What the company of a text may change in a value of its embedding. */
  private static final double NEIGHBOUR_BOUND = 1e-6;

  private static final List<TextTask> TASKS =
      GoldenEmbeddings.read().stream()
          .map(golden -> new TextTask(golden.text(), TruncationPolicy.CHUNK_MEAN))
          .toList();

  @Test
  void embed_realAndNasty_agreesWithOnnxRuntime() {
    try (RealEmbedder nd4j = nd4j(false);
        RealEmbedder onnx = new RealEmbedder(2, 512)) {
      List<Embedding> actual = embeddings(nd4j, TASKS);
      List<Embedding> expected = embeddings(onnx, TASKS);
      for (int i = 0; i < TASKS.size(); i++) {
        assertThat(difference(actual.get(i), expected.get(i)))
            .as("text %d", i)
            .isLessThanOrEqualTo(1e-4);
        assertThat(GoldenEmbeddings.cosine(actual.get(i), expected.get(i)))
            .as("text %d", i)
            .isGreaterThanOrEqualTo(0.99999);
      }
    }
  }

  @Test
  void embed_aloneAndInCompany_withinTheBound() {
    try (RealEmbedder nd4j = nd4j(false)) {
      List<TextTask> some = someTasks();
      List<Embedding> together = embeddings(nd4j, some);
      double worst = 0;
      for (int i = 0; i < some.size(); i++) {
        Embedding alone = embeddings(nd4j, List.of(some.get(i))).get(0);
        worst = Math.max(worst, difference(alone, together.get(i)));
      }

      assertThat(worst).isLessThanOrEqualTo(NEIGHBOUR_BOUND);
    }
  }

  @Test
  void embed_deterministic_sameBitsAloneInCompanyAndAgain() {
    try (RealEmbedder nd4j = nd4j(true)) {
      List<TextTask> some = someTasks();
      List<Embedding> together = embeddings(nd4j, some);

      assertThat(embeddings(nd4j, some)).isEqualTo(together);
      for (int i = 0; i < some.size(); i++) {
        assertThat(embeddings(nd4j, List.of(some.get(i))))
            .as("text %d", i)
            .containsExactly(together.get(i));
      }
    }
  }

  private static RealEmbedder nd4j(boolean deterministic) {
    ModelDirectory model = GoldenEmbeddings.model();
    return new RealEmbedder(
        model, new Nd4jEngine().open(model, Device.CPU, 1), 2, 512, deterministic);
  }

  /** One in twelve, of all kinds and lengths. */
  private static List<TextTask> someTasks() {
    return IntStream.range(0, TASKS.size() / 12).mapToObj(i -> TASKS.get(12 * i)).toList();
  }

  private static List<Embedding> embeddings(RealEmbedder embedder, List<TextTask> tasks) {
    return embedder.embed(tasks).stream()
        .map(outcome -> ((TextOutcome.Embedded) outcome).embedding())
        .toList();
  }

  private static double difference(Embedding a, Embedding b) {
    double max = 0;
    for (int i = 0; i < a.dimension(); i++) {
      max = Math.max(max, Math.abs((double) a.get(i) - b.get(i)));
    }
    return max;
  }
}
