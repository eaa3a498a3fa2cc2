// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class Nd4jEncoderTest {
  private static final SpecialTokens BERT =
      new SpecialTokens(TokenIds.copyOf(101), TokenIds.copyOf(102));
  private static EncoderFactory model;

  @BeforeAll
  static void open() {
    model = new Nd4jEngine().open(GoldenEmbeddings.model(), Device.CPU, 1);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void encode_padding_changesNothingButTheLastBits() {
    TokenIds content = TokenIds.copyOf(7592, 2088);
    try (Encoder encoder = model.open()) {
      float[] tight = new float[384];
      encoder.encode(new WindowBatch(BERT, List.of(content), 4)).copyTo(0, 3, tight);
      float[] padded = new float[384];
      encoder
          .encode(new WindowBatch(BERT, List.of(TokenIds.EMPTY, content), 64))
          .copyTo(1, 3, padded);

      for (int i = 0; i < 384; i++) {
        assertThat(padded[i]).isCloseTo(tight[i], org.assertj.core.api.Assertions.within(1e-4f));
      }
    }
  }

  @Test
  void encode_foreignToken_refusedAndUsableAfter() {
    try (Encoder encoder = model.open()) {
      WindowBatch foreign = new WindowBatch(BERT, List.of(TokenIds.copyOf(30522)), 4);

      assertThatThrownBy(() -> encoder.encode(foreign))
          .isInstanceOf(EmbeddingUnavailableException.class)
          .hasMessage("nd4j: token: 30522 (expected: 0 to 30521)");
      float[] state = new float[384];
      encoder.encode(new WindowBatch(BERT, List.of(TokenIds.EMPTY), 4)).copyTo(0, 0, state);
      assertThat(state).doesNotContain(Float.NaN);
    }
  }

  /** The scores alone would take 2^51 bytes, more than a process can address. */
  @Test
  void encode_noRoomForTheBatch_usableAfter() {
    try (Encoder encoder = model.open()) {
      WindowBatch batch = new WindowBatch(BERT, List.of(TokenIds.copyOf(7592)), 4);
      float[] before = new float[384];
      encoder.encode(batch).copyTo(0, 1, before);
      WindowBatch endless = new WindowBatch(BERT, List.of(TokenIds.EMPTY), 1 << 23);

      assertThatThrownBy(() -> encoder.encode(endless))
          .isInstanceOf(EmbeddingUnavailableException.class);
      float[] after = new float[384];
      encoder.encode(batch).copyTo(0, 1, after);
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void encode_longerThanThePositions_refused() {
    TokenIds content = TokenIds.copyOf(new long[511]);
    try (Encoder encoder = model.open()) {
      assertThatThrownBy(() -> encoder.encode(new WindowBatch(BERT, List.of(content), 513)))
          .isInstanceOf(EmbeddingUnavailableException.class)
          .hasMessage("nd4j: window: 513 tokens (expected: <= 512)");
    }
  }

  @Test
  void engine_namesLibraryAndDevice() {
    assertThat(model.engine().name()).isEqualTo("nd4j");
    assertThat(model.engine().version()).isEqualTo("1.0.0-M2.1");
    assertThat(model.engine().device()).isEqualTo("cpu");
    assertThat(model.dimension()).isEqualTo(384);
  }
}
