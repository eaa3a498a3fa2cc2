// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.TinyModels;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxEngineTest {
  @TempDir private Path pooled;
  @TempDir private Path folder;

  /** Such a graph may have the layers inside; then they would be computed twice. */
  @ParameterizedTest
  @ValueSource(strings = {"concatenated", "dense_identity", "dense_tanh"})
  void open_pooledGraphOfAModelThatDoesMore_refused(String name) throws IOException {
    TinyModels.read().copy(name, folder);
    TinyModels.read().copy("pooled", pooled);
    ModelDirectory model = Models.read(folder);
    Files.copy(
        pooled.resolve("onnx/model.onnx"), model.modelFile(), StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> new OnnxEngine().open(model, Device.CPU, 1))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(
            model.modelFile()
                + ": output: [n, d] (expected: [n, length, d], as the model has several poolings or"
                + " layers behind them)");
  }

  @Test
  void open_pooledGraphOfOnePooling_isTaken() throws IOException {
    TinyModels.read().copy("pooled", folder);

    try (EncoderFactory factory = new OnnxEngine().open(Models.read(folder), Device.CPU, 1)) {
      assertThat(factory.dimension()).isEqualTo(16);
    }
  }
}
