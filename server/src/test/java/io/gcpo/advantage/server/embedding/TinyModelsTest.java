// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import io.gcpo.advantage.server.embedding.model.PinnedFiles;
import io.gcpo.advantage.server.testing.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models of several architectures and poolings against sentence-transformers. */
final class TinyModelsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "cls",
        "max",
        "lasttoken",
        "weightedmean",
        "concatenated",
        "listed",
        "dense_tanh",
        "dense_identity",
        "two_dense",
        "modern_bert",
        "qwen3",
        "meansqrt",
        "roberta",
        "pooled",
        "prompt"
      })
  void embed_tinyModel_agreesWithSentenceTransformers(String name) throws IOException {
    TinyModels tiny = TinyModels.read();
    tiny.copy(name, folder);
    ModelDirectory model =
        Models.read(
            folder,
            new ModelOptions(0, name.equals("prompt") ? "query" : "", "", PinnedFiles.NONE));
    List<TextTask> tasks =
        tiny.texts().stream().map(text -> new TextTask(text, TruncationPolicy.ERROR)).toList();

    try (RealEmbedder real = new RealEmbedder(model, 1, 64)) {
      List<TextOutcome> outcomes = real.embed(tasks);
      for (int i = 0; i < tasks.size(); i++) {
        Embedding embedding = ((TextOutcome.Embedded) outcomes.get(i)).embedding();
        float[] expected = tiny.embeddings(name).get(i);
        assertThat(GoldenEmbeddings.cosine(embedding, Embedding.copyOf(expected)))
            .isGreaterThanOrEqualTo(0.99999);
        assertThat(embedding.dimension()).isEqualTo(expected.length);
        for (int j = 0; j < expected.length; j++) {
          assertThat(embedding.get(j))
              .as("text %d, value %d", i, j)
              .isCloseTo(expected[j], within(1e-5f));
        }
      }
      assertThat(real.embedder().model().dimension())
          .isEqualTo(tiny.embeddings(name).get(0).length);
    }
  }
}
