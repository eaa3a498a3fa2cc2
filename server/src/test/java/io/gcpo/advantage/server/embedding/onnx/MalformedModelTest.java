// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That this class ends at all says that no file brought the process down. */
final class MalformedModelTest {
  private final byte[] intact = read(TinyModel.file("float32.onnx"));
  @TempDir private Path folder;

  @Test
  void open_everyTruncation_refused() throws IOException {
    for (int length = 0; length < intact.length; length += 13) {
      Path file = write(Arrays.copyOf(intact, length));

      assertThatThrownBy(() -> TinyModel.states(file))
          .as("%d bytes", length)
          .isInstanceOf(InvalidModelException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void open_randomBytes_refused(int length) throws IOException {
    Random random = new Random(length);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Path file = write(bytes);

      assertThatThrownBy(() -> TinyModel.states(file))
          .as("round %d", i)
          .isInstanceOf(InvalidModelException.class);
    }
  }

  /** A changed weight is still a model; everything else must be refused, by name. */
  @Test
  void open_changedBytes_refusedOrRuns() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < 300; seed++) {
      byte[] bytes = intact.clone();
      Random random = new Random(seed);
      for (int change = 0; change < 1 + seed % 4; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = write(bytes);
      try {
        assertThat(TinyModel.states(file)).as("seed %d", seed).hasDimensions(6, 8);
      } catch (InvalidModelException | EmbeddingUnavailableException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 280);
  }

  @Test
  void open_weightsOutsideOfTheFolder_refused() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("model"));
    Files.write(folder.resolve("outside.bin"), new byte[256]);
    Path file = Files.copy(TinyModel.file("outside.onnx"), inner.resolve("model.onnx"));

    assertThatThrownBy(() -> TinyModel.states(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(file + ": ONNX Runtime cannot open it on cpu: ")
        .hasMessageContaining("outside.bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"giant.onnx", "negative.onnx", "matrix_too_large.onnx", "wide.onnx"})
  void open_impossibleShapes_refused(String name) {
    assertThatThrownBy(() -> TinyModel.states(TinyModel.file(name)))
        .isInstanceOf(InvalidModelException.class);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
