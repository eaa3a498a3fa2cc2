// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.RealEmbedder;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.Models;
import io.gcpo.advantage.v1.Rollout;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * One text in random batches, under concurrent load: in deterministic mode it has one embedding.
 * The test itself is tested on a model whose activations are quantised by the batch: without the
 * mode that one has many. The float model on a processor has one without the mode, too: its rows
 * were found to be independent, which is what the mode asks of the engine.
 */
final class NeedleTest {
  private static final int CALLS = Scale.of(50, 1_000);

  @Test
  void realModel_deterministic_oneEmbedding() {
    List<String> texts =
        Examples.all().stream()
            .flatMap(group -> group.getRolloutsList().stream())
            .map(Rollout::getText)
            .filter(text -> !text.isEmpty())
            .toList();
    try (RealEmbedder embedder = new RealEmbedder(2, 2_048)) {
      Set<Embedding> embeddings =
          new Needle(embedder.embedder(), texts.get(0), texts).embeddings(CALLS, 1);

      System.out.printf(
          "| needle | %d calls | %d different embeddings |%n", CALLS, embeddings.size());
      assertThat(embeddings).hasSize(1);
    }
  }

  @Test
  void quantisedByBatch_deterministic_oneEmbedding() throws Exception {
    assertThat(quantised(true)).hasSize(1);
  }

  @Test
  void quantisedByBatch_notDeterministic_severalEmbeddings() throws Exception {
    assertThat(quantised(false)).hasSizeGreaterThan(1);
  }

  private static Set<Embedding> quantised(boolean deterministic) throws Exception {
    Path file = file("/golden/onnx/int8_dynamic.onnx");
    BatchingEmbedder embedder =
        BatchingEmbedder.create(
            new BatchingConfig(
                2, 1, 512, 512, 512, 4, deterministic, 4_000_000, Duration.ofSeconds(60)),
            Models.fake("quantised", 64),
            RecordedEmbeddings.NONE,
            new LetterTokenizer(),
            OnnxEncoderFactory.open(file, 1),
            new EmbeddingThreads(Executors.newSingleThreadExecutor(), Thread::new),
            EmbeddingObserver.NONE,
            () -> {},
            Ticker.systemTicker());
    embedder.start();
    try {
      List<String> hay = List.of("abcdefghijklmnopqrstuvwxyzABC", "zyxwvutsrq", "CBA".repeat(9));
      return new Needle(embedder, "aaaaaaaa", hay).embeddings(CALLS, 2);
    } finally {
      embedder.stop();
    }
  }

  private static Path file(String resource) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(NeedleTest.class.getResource(resource)).toURI());
  }
}
