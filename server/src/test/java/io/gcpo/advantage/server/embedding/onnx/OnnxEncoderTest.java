// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxEncoderTest {
  private static final SpecialTokens BERT =
      new SpecialTokens(TokenIds.copyOf(101), TokenIds.copyOf(102));

  /** Windows from which on not every batch size is tried, but those around powers of two. */
  private static final int EVERY_SIZE = 8;

  private static final Set<Integer> LARGER_SIZES = Set.of(12, 15, 16, 17, 31, 32, 33, 64);

  /** Batches up to the default budget, the window in the first and in the last row. */
  @ParameterizedTest
  @CsvSource({"8, 1", "16, 1", "40, 1", "64, 1", "64, 2", "104, 1", "256, 1"})
  void encode_anyBatchSizeAndRow_sameBits(int paddedLength, int threads) {
    Random random = new Random(paddedLength);
    TokenIds needle = content(paddedLength - 2 - random.nextInt(6), random);
    try (OnnxEncoderFactory model = open(threads);
        Encoder encoder = model.open()) {
      float[] alone = states(encoder.encode(batch(List.of(needle), paddedLength)), 0, needle);
      List<TokenIds> before = new ArrayList<>();
      for (int size = 2; size <= Math.min(64, 1024 / paddedLength); size++) {
        before.add(content(paddedLength - 2 - random.nextInt(6), random));
        if (size > EVERY_SIZE && !LARGER_SIZES.contains(size)) {
          continue;
        }
        List<TokenIds> windows = new ArrayList<>(before);
        windows.set(0, needle);
        windows.add(needle);
        TokenStates together = encoder.encode(batch(windows, paddedLength));

        assertThat(states(together, size - 1, needle)).as("last of %d", size).isEqualTo(alone);
        assertThat(states(together, 0, needle)).as("first of %d", size).isEqualTo(alone);
      }
    }
  }

  @Test
  void open_damagedModel_namesTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> OnnxEncoderFactory.open(file, 1))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(file + ": ONNX Runtime cannot open it on cpu: ");
  }

  private static OnnxEncoderFactory open(int threads) {
    return OnnxEncoderFactory.open(GoldenEmbeddings.model().modelFile(), threads);
  }

  private static WindowBatch batch(List<TokenIds> contents, int paddedLength) {
    return new WindowBatch(BERT, contents, paddedLength);
  }

  private static TokenIds content(int length, Random random) {
    return TokenIds.copyOf(random.longs(length, 1000, 30000).toArray());
  }

  private static float[] states(TokenStates states, int row, TokenIds content) {
    float[] all = new float[(content.length() + 2) * 384];
    float[] state = new float[384];
    for (int token = 0; token < content.length() + 2; token++) {
      states.copyTo(row, token, state);
      System.arraycopy(state, 0, all, token * 384, 384);
    }
    return all;
  }
}
