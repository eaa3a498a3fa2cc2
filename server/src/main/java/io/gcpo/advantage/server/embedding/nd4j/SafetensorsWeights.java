// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A PyTorch model's weights as they are; float16 and bfloat16 are widened to float32. */
final class SafetensorsWeights implements Weights {
  private static final String WORDS = "embeddings.word_embeddings.weight";

  private final SafetensorsFile file;
  private final String prefix;

  private SafetensorsWeights(SafetensorsFile file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /** Throws {@link io.gcpo.advantage.server.embedding.InvalidModelException}. */
  static SafetensorsWeights read(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    // A model with a head on top keeps the encoder under the family's name.
    String prefix =
        Stream.of("bert.", "roberta.")
            .filter(name -> file.names().contains(name + WORDS))
            .findFirst()
            .orElse("");
    return new SafetensorsWeights(file, prefix);
  }

  @Override
  public float[] values(String name, long... shape) {
    return file.floats(prefix + name, shape);
  }

  /** PyTorch keeps [out, in]. */
  @Override
  public float[] matrix(String layer, int in, int out) {
    float[] transposed = values(layer + ".weight", out, in);
    float[] matrix = new float[transposed.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        matrix[i * out + o] = transposed[o * in + i];
      }
    }
    return matrix;
  }
}
