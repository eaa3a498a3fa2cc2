// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.RealEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ND4J against ONNX Runtime, on real rollouts and on the golden texts, nasty ones among them. */
final class EngineParityTest {
  /** What the company of a text may change in a value of its embedding. */
  private static final double NEIGHBOUR_BOUND = 1e-6;

  private static final List<TextTask> TASKS = new ArrayList<>();
  private static RealEmbedder nd4j;
  private static List<Embedding> together = List.of();

  @BeforeAll
  static void start() throws Exception {
    try (InputStream in = EngineParityTest.class.getResourceAsStream("/rollouts/texts.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String text : new Gson().fromJson(json, String[].class)) {
        TASKS.add(new TextTask(text, TruncationPolicy.CHUNK_MEAN));
      }
    }
    assertThat(TASKS).hasSizeGreaterThanOrEqualTo(200);
    for (GoldenEmbeddings.Case golden : GoldenEmbeddings.read()) {
      TASKS.add(new TextTask(golden.text(), TruncationPolicy.CHUNK_MEAN));
    }
    nd4j = new RealEmbedder(GoldenEmbeddings.model(), open(), 2, 512);
    together = embeddings(nd4j, TASKS);
  }

  @AfterAll
  static void stop() {
    nd4j.close();
  }

  @Test
  void embed_realAndNasty_agreesWithOnnxRuntime() {
    try (RealEmbedder onnx = new RealEmbedder(2, 512)) {
      List<Embedding> expected = embeddings(onnx, TASKS);
      for (int i = 0; i < TASKS.size(); i++) {
        assertThat(difference(together.get(i), expected.get(i)))
            .as("text %d", i)
            .isLessThanOrEqualTo(1e-4);
        assertThat(GoldenEmbeddings.cosine(together.get(i), expected.get(i)))
            .as("text %d", i)
            .isGreaterThanOrEqualTo(0.99999);
      }
    }
  }

  @Test
  void embed_aloneAndInCompany_withinTheBound() {
    double worst = 0;
    for (int i = 0; i < TASKS.size(); i += 5) {
      Embedding alone = embeddings(nd4j, List.of(TASKS.get(i))).get(0);
      worst = Math.max(worst, difference(alone, together.get(i)));
    }

    assertThat(worst).isLessThanOrEqualTo(NEIGHBOUR_BOUND);
  }

  @Test
  void embed_again_sameBits() {
    Embedding once = embeddings(nd4j, TASKS.subList(0, 1)).get(0);

    assertThat(embeddings(nd4j, TASKS.subList(0, 1))).containsExactly(once);
  }

  private static EncoderFactory open() {
    return new Nd4jEngine().open(GoldenEmbeddings.model(), Device.CPU, 1);
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
