// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model of the BERT family on disk, whose sizes are known to fit.
 *
 * @param weights {@code model.safetensors} or an ONNX file
 */
record BertModel(BertSizes sizes, Path weights) {

  /** Throws {@link InvalidModelException}. */
  static BertModel check(ModelDirectory model) {
    Path weights = model.safetensorsFile().orElseGet(model::modelFile);
    return check(model.configFile(), weights, model.maxInputTokens());
  }

  static BertModel check(Path config, Path weights, int window) {
    BertSizes sizes = BertSizes.read(config);
    if (window > sizes.positions().longest()) {
      throw new InvalidModelException(
          config,
          "max_position_embeddings: %d tokens (expected: >= %d, the window)"
              .formatted(sizes.positions().longest(), window));
    }
    if (!Files.isRegularFile(weights)) {
      throw new InvalidModelException(weights, "missing (expected: the model's weights)");
    }
    return new BertModel(sizes, weights);
  }

  /** Reads the headers of the weights; throws {@link InvalidModelException}. */
  Weights open() {
    return weights.toString().endsWith(".onnx")
        ? OnnxWeightFile.read(weights)
        : SafetensorsWeights.read(weights);
  }
}
