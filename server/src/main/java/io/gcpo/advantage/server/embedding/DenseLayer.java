// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A Dense module of sentence-transformers: activation(W x + b), W [out, in] row-major. Sums are of
 * type double, the bias first, then in the order of the inputs.
 */
final class DenseLayer implements HeadLayer {
  private static final String TORCH = "torch.nn.modules.";

  private enum Activation {
    IDENTITY,
    TANH
  }

  private final int inputs;
  private final int outputs;
  private final Activation activation;
  private final float[] weight;
  private final float[] bias;

  private DenseLayer(int inputs, int outputs, Activation activation, float[] weight, float[] bias) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.activation = activation;
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * Reads {@code config.json} and {@code model.safetensors} of {@code folder}, for vectors of
   * length {@code dimension}. Throws {@link InvalidModelException}.
   */
  static DenseLayer read(Path folder, int dimension) {
    ModelJson json = ModelJson.read(folder.resolve("config.json"));
    int inputs = json.positive("in_features");
    int outputs = json.positive("out_features");
    if (inputs != dimension) {
      throw new InvalidModelException(
          json.file(), json.problem("in_features", "%d values".formatted(dimension)));
    }
    checkSentenceVector(json, "module_input_name");
    checkSentenceVector(json, "module_output_name");
    Activation activation = activation(json);
    SafetensorsFile weights = SafetensorsFile.read(weightsFile(folder));
    return new DenseLayer(
        inputs,
        outputs,
        activation,
        weights.floats("linear.weight", outputs, inputs),
        json.flag("bias", true) ? weights.floats("linear.bias", outputs) : new float[outputs]);
  }

  @Override
  public double[] apply(double[] vector) {
    double[] result = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      double sum = bias[output];
      int row = output * inputs;
      for (int input = 0; input < inputs; input++) {
        sum += weight[row + input] * vector[input];
      }
      result[output] = activation == Activation.TANH ? StrictMath.tanh(sum) : sum;
    }
    return result;
  }

  @Override
  public int outputDimension(int dimension) {
    return outputs;
  }

  @Override
  public String identity() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (float value : weight) {
      hasher.putFloat(value);
    }
    for (float value : bias) {
      hasher.putFloat(value);
    }
    return "dense %d %d %s %s"
        .formatted(inputs, outputs, activation.name().toLowerCase(Locale.ROOT), hasher.hash());
  }

  private static void checkSentenceVector(ModelJson json, String key) {
    Optional<String> name = json.text(key);
    if (name.isPresent() && !name.get().equals("sentence_embedding")) {
      throw new InvalidModelException(json.file(), json.problem(key, "sentence_embedding"));
    }
  }

  /** The name of a PyTorch class; sentence-transformers takes Tanh if there is none. */
  private static Activation activation(ModelJson json) {
    return switch (json.text("activation_function").orElse(TORCH + "activation.Tanh")) {
      case TORCH + "activation.Tanh" -> Activation.TANH;
      case TORCH + "linear.Identity" -> Activation.IDENTITY;
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
