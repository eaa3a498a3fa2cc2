// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The models of {@code golden/onnx}: ids below 32, states of 8 numbers. */
final class TinyModel {
  static final int DIMENSION = 8;
  private static final SpecialTokens SPECIALS =
      new SpecialTokens(TokenIds.copyOf(1), TokenIds.copyOf(31));

  private TinyModel() {}

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TinyModel.class.getResource("/golden/onnx/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two windows, [1, 2, 3, 31] and [1, 31] with padding: the states of their real tokens. */
  static float[][] states(Path model) {
    List<TokenIds> contents = List.of(TokenIds.copyOf(2, 3), TokenIds.EMPTY);
    try (OnnxEncoderFactory factory = OnnxEncoderFactory.open(model, 1);
        Encoder encoder = factory.open()) {
      TokenStates states = encoder.encode(new WindowBatch(SPECIALS, contents, 4));
      float[][] all = new float[6][factory.dimension()];
      for (int i = 0; i < all.length; i++) {
        states.copyTo(i / 4, i % 4, all[i]);
      }
      return all;
    }
  }
}
