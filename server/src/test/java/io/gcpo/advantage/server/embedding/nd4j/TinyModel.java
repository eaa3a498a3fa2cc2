// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A model of random weights in {@code src/test/resources/nd4j}, and transformers' states for it.
 */
record TinyModel(Path directory) {
  /** Around every window of {@link #references}. */
  static final SpecialTokens SPECIALS = new SpecialTokens(TokenIds.copyOf(5), TokenIds.copyOf(6));

  static final int DIMENSION = 32;
  static final int WINDOW = 32;

  /** The states [t, 32] of a window's t ids, special ones included. */
  record Reference(List<Integer> window, List<List<Float>> states) {
    TokenIds content() {
      return TokenIds.copyOf(
          window.subList(1, window.size() - 1).stream().mapToLong(Integer::longValue).toArray());
    }
  }

  static TinyModel named(String name) {
    try {
      return new TinyModel(
          Path.of(Objects.requireNonNull(TinyModel.class.getResource("/nd4j/" + name)).toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  Path config() {
    return directory.resolve("config.json");
  }

  Path safetensors() {
    return directory.resolve("model.safetensors");
  }

  Path onnx() {
    return directory.resolve("onnx").resolve("model.onnx");
  }

  List<Reference> references() throws IOException {
    String json = Files.readString(directory.resolve("states.json"), UTF_8);
    return List.of(new Gson().fromJson(json, Reference[].class));
  }

  /** With the weights in {@code weights}, on the processor. */
  EncoderFactory open(Path weights) {
    JavaCppLimits.lift();
    return Nd4jEncoderFactory.open(BertModel.check(config(), weights, WINDOW), Device.CPU, 1);
  }
}
