// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, the model opens or is refused as invalid; nothing else happens. */
final class DamagedModelTest {
  private static final long SEED = 4711;
  private static final TinyModel MODEL = TinyModel.named("bert");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "onnx/model.onnx"})
  void open_randomDamage_opensOrIsInvalid(String name) throws IOException {
    byte[] whole = Files.readAllBytes(MODEL.directory().resolve(name));
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = damaged(whole, random);
      try {
        open(damaged, name);
      } catch (InvalidModelException e) {
        refused++;
        assertThat(e).as("seed %d, round %d", SEED, round).hasMessageContaining("damaged");
      }
    }

    assertThat(refused).as("seed %d", SEED).isBetween(100, 300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "onnx/model.onnx"})
  void open_cutOff_isInvalid(String name) throws IOException {
    byte[] whole = Files.readAllBytes(MODEL.directory().resolve(name));
    for (int length : new int[] {0, 1, 7, 8, 9, 100, whole.length / 2, whole.length - 1}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(whole, length), name))
          .as("%d bytes", length)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40, 1L << 31})
  void open_giantHeader_isInvalid(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(MODEL.safetensors());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

    assertThatThrownBy(() -> open(bytes, "model.safetensors"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("header");
  }

  @Test
  void open_nanAmongTheWeights_isInvalid() throws IOException {
    byte[] bytes = Files.readAllBytes(MODEL.safetensors());
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int firstValue = Long.BYTES + (int) buffer.getLong();
    buffer.putFloat(firstValue, Float.NaN);

    assertThatThrownBy(() -> open(bytes, "model.safetensors"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void open_weightsOfAnotherModel_wrongShapeIsInvalid() throws IOException {
    byte[] bytes = Files.readAllBytes(MODEL.safetensors());
    TinyModel other = TinyModel.named("roberta");

    assertThatThrownBy(() -> open(bytes, "model.safetensors", other))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("embeddings.position_embeddings.weight")
        .hasMessageContaining("[32, 32]");
  }

  private void open(byte[] weights, String name) throws IOException {
    open(weights, name, MODEL);
  }

  private void open(byte[] weights, String name, TinyModel config) throws IOException {
    String ending = name.endsWith(".onnx") ? ".onnx" : ".safetensors";
    config.open(Files.write(folder.resolve("damaged" + ending), weights)).close();
  }

  /** Bytes changed in the beginning, where structure is, or anywhere; or the end cut off. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }
    int range = random.nextBoolean() ? Math.min(4096, damaged.length) : damaged.length;
    for (int change = random.nextInt(8); change >= 0; change--) {
      damaged[random.nextInt(range)] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
