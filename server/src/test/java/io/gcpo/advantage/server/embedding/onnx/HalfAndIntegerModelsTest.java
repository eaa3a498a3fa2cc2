// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other exports of one model agree with it as far as their numbers reach. */
final class HalfAndIntegerModelsTest {
  private final float[][] reference = TinyModel.states(TinyModel.file("float32.onnx"));

  @Test
  void float32_knownStates() {
    assertThat(reference[1])
        .containsExactly(
            new float[] {
              -0.737718f,
              -1.5971305f,
              -0.39795208f,
              -2.205729f,
              -0.38632628f,
              -3.2013104f,
              -1.8767864f,
              -0.30652475f
            },
            within(1e-6f));
  }

  @Test
  void int32Inputs_sameBits() {
    assertThat(TinyModel.states(TinyModel.file("int32.onnx"))).isDeepEqualTo(reference);
  }

  /** Rounded to the nearest: off by half a unit in the last place at most. */
  @ParameterizedTest
  @CsvSource({"float16.onnx, 11", "bfloat16.onnx, 8"})
  void halfOutputs_widened(String file, int bits) {
    float[][] states = TinyModel.states(TinyModel.file(file));

    for (int token = 0; token < reference.length; token++) {
      for (int i = 0; i < TinyModel.DIMENSION; i++) {
        float expected = reference[token][i];
        assertThat(states[token][i])
            .as("token %d, value %d", token, i)
            .isCloseTo(expected, within(Math.abs(expected) * (float) Math.pow(2, -bits)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32.onnx", "float16.onnx", "int32.onnx", "int8.onnx"})
  void independentOfRows_activationsNotQuantised_true(String file) {
    assertThat(isIndependentOfRows(file)).isTrue();
  }

  @Test
  void independentOfRows_activationsQuantisedByBatch_false() {
    assertThat(isIndependentOfRows("int8_dynamic.onnx")).isFalse();
  }

  private static boolean isIndependentOfRows(String file) {
    try (OnnxEncoderFactory factory = OnnxEncoderFactory.open(TinyModel.file(file), 1)) {
      return factory.independentOfRows();
    }
  }

  @Test
  void int8Weights_nearby() {
    float[][] states = TinyModel.states(TinyModel.file("int8.onnx"));

    for (int token = 0; token < reference.length; token++) {
      assertThat(cosine(states[token], reference[token]))
          .as("token %d", token)
          .isBetween(0.99, 1.0);
      assertThat(states[token]).isNotEqualTo(reference[token]);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }
}
