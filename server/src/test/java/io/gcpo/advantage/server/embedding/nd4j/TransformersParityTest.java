// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.nd4j.TinyModel.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every architecture, activation and type of weights against transformers' own states. */
final class TransformersParityTest {
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert",
        "bert-tanh",
        "bert-relu",
        "bert-head",
        "bert-float16",
        "roberta",
        "xlm-roberta",
        "camembert"
      })
  void encode_safetensors_asTransformers(String name) throws IOException {
    TinyModel model = TinyModel.named(name);
    check(model, model.safetensors());
  }

  @Test
  void encode_onnx_asTransformers() throws IOException {
    TinyModel model = TinyModel.named("bert");
    check(model, model.onnx());
  }

  private static void check(TinyModel model, Path weights) throws IOException {
    List<Reference> references = model.references();
    assertThat(references).hasSize(4);
    WindowBatch together =
        new WindowBatch(
            TinyModel.SPECIALS, references.stream().map(Reference::content).toList(), 32);
    try (EncoderFactory factory = model.open(weights);
        Encoder encoder = factory.open()) {
      check(references, encoder.encode(together));
      for (Reference reference : references) {
        WindowBatch alone =
            new WindowBatch(
                TinyModel.SPECIALS, List.of(reference.content()), reference.window().size());
        check(List.of(reference), encoder.encode(alone));
      }
    }
  }

  private static void check(List<Reference> references, TokenStates states) {
    float[] state = new float[TinyModel.DIMENSION];
    for (int window = 0; window < references.size(); window++) {
      List<List<Float>> expected = references.get(window).states();
      for (int token = 0; token < expected.size(); token++) {
        states.copyTo(window, token, state);
        for (int i = 0; i < state.length; i++) {
          assertThat(state[i])
              .as("window %d, token %d, value %d", window, token, i)
              .isCloseTo(expected.get(token).get(i), within(TOLERANCE));
        }
      }
    }
  }
}
