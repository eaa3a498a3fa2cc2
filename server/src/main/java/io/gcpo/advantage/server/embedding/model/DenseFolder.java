// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.pooling.DenseLayer;
import io.gcpo.advantage.server.embedding.safetensors.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of a Dense module: {@code config.json} and {@code model.safetensors}. */
final class DenseFolder {
  private static final String TORCH = "torch.nn.modules.";

  private DenseFolder() {}

  /** The layer, for vectors of length {@code dimension}; throws {@link InvalidModelException}. */
  static DenseLayer read(Path folder, int dimension) {
    ModelJson json = ModelJson.read(folder.resolve("config.json"));
    int inputs = json.positive("in_features");
    int outputs = json.positive("out_features");
    if (inputs != dimension) {
      throw json.invalid("in_features", "%d values".formatted(dimension));
    }
    checkSentenceVector(json, "module_input_name");
    checkSentenceVector(json, "module_output_name");
    DenseLayer.Activation activation = activation(json);
    SafetensorsFile weights = SafetensorsFile.open(weightsFile(folder));
    float[] weight = weights.floats("linear.weight", outputs, inputs);
    float[] bias =
        json.flag("bias", true) ? weights.floats("linear.bias", outputs) : new float[outputs];
    return new DenseLayer(inputs, weight, bias, activation);
  }

  private static void checkSentenceVector(ModelJson json, String key) {
    Optional<String> name = json.text(key);
    if (name.isPresent() && !name.get().equals("sentence_embedding")) {
      throw json.invalid(key, "sentence_embedding");
    }
  }

  /** The name of a PyTorch class; sentence-transformers takes Tanh if there is none. */
  private static DenseLayer.Activation activation(ModelJson json) {
    return switch (json.text("activation_function").orElse(TORCH + "activation.Tanh")) {
      case TORCH + "activation.Tanh" -> DenseLayer.Activation.TANH;
      case TORCH + "linear.Identity" -> DenseLayer.Activation.IDENTITY;
      default ->
          throw new InvalidModelException(
              json.file(),
              json.problem(
                  "activation_function",
                  "%sactivation.Tanh or %slinear.Identity".formatted(TORCH, TORCH)));
    };
  }

  private static Path weightsFile(Path folder) {
    Path safe = folder.resolve("model.safetensors");
    Path pickle = folder.resolve("pytorch_model.bin");
    if (!Files.exists(safe) && Files.exists(pickle)) {
      throw new InvalidModelException(
          pickle, "pickle is not read (expected: model.safetensors beside it)");
    }
    return safe;
  }
}
