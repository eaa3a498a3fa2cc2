// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.embedding.EmbedderRun;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.testing.Models;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The embedded model, and what it made of the texts so far. Confined to one thread. */
final class TextSource {
  private final EmbedderRun run;
  private final Map<String, Embedding> embeddings = new HashMap<>();

  TextSource(ModelDirectory model) {
    this.run = run(model);
  }

  /** The model that the benchmarks' profile unpacks. */
  static ModelDirectory embeddedModel() {
    return Models.read(Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))));
  }

  /** On ONNX Runtime, a worker of one thread for each processor. */
  static EmbedderRun run(ModelDirectory model) {
    return new EmbedderRun(
        model,
        () -> OnnxEncoderFactory.open(model.modelFile(), 1),
        EmbedderRun.config(Runtime.getRuntime().availableProcessors(), 512, 4));
  }

  /** Embeds the texts, each once; the seconds it took. */
  double embed(Collection<String> texts) throws Exception {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
    EmbedderRun.Pass pass = run.pass(distinct);
    for (int i = 0; i < distinct.size(); i++) {
      embeddings.put(distinct.get(i), pass.embeddings().get(i));
    }
    return pass.seconds();
  }

  /** Rollouts of one prompt, all embedded before. */
  ComparedRollouts rollouts(String prompt, List<String> texts) {
    return new ComparedRollouts(
        texts.size(),
        Optional.of(matrix(texts)),
        Optional.of(matrix(List.of(prompt))),
        Optional.of(ComparedText.ofAll(texts)),
        Optional.empty(),
        Optional.empty());
  }

  private FloatMatrix matrix(List<String> texts) {
    List<Embedding> rows =
        texts.stream().map(text -> Objects.requireNonNull(embeddings.get(text))).toList();
    return FloatMatrix.fill(
        rows.size(),
        rows.get(0).dimension(),
        (row, target, offset) -> rows.get(row).copyTo(target, offset));
  }
}
