// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

final class Nd4jMemoryTest {
  private static final long SEED = 17;

  /** What one encoder of the largest batch takes, 2048 windows of 32 tokens, is over 80 MB. */
  private static final int MAX_WINDOWS = 2048;

  private static final long SLACK = 128L << 20;

  @Test
  void encode_threeHundredBatchesOfAnyShape_residentMemoryStays() {
    Random random = new Random(SEED);
    TinyModel tiny = TinyModel.named("bert");
    try (EncoderFactory factory = tiny.open(tiny.safetensors())) {
      encode(factory, random, 3);
      long warm = Pointer.physicalBytes();
      encode(factory, random, 10);

      assertThat(Pointer.physicalBytes() - warm).as("seed %d", SEED).isLessThan(SLACK);
      assertThat(Pointer.totalBytes()).isLessThan(SLACK);
    }
  }

  @Test
  void lift_byDefault_noLimitByTheHeap() {
    JavaCppLimits.lift();

    assertThat(Pointer.maxPhysicalBytes()).isZero();
    assertThat(Pointer.maxBytes()).isZero();
  }

  @Test
  void requireHeap_tableDoesNotFit_saysWhatIsNeeded() {
    Positions positions = new Positions(514, OptionalInt.of(1));
    BertSizes large =
        new BertSizes(250_002, 1, positions, 768, 12, 12, 3072, Activation.GELU, 1e-5);

    assertThatCode(() -> Nd4jEncoderFactory.requireHeap(large, 1L << 30))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Nd4jEncoderFactory.requireHeap(large, 512L << 20))
        .isInstanceOf(EmbeddingUnavailableException.class)
        .hasMessage("nd4j: heap: 512 MiB (expected: -Xmx of >= 977 MiB to load this model)");
  }

  /** Each encoder sees thirty batches, the first of them the largest. */
  private static void encode(EncoderFactory factory, Random random, int encoders) {
    for (int i = 0; i < encoders; i++) {
      try (Encoder encoder = factory.open()) {
        encoder.encode(batch(MAX_WINDOWS, 32));
        for (int batch = 1; batch < 30; batch++) {
          encoder.encode(batch(1 + random.nextInt(64), 4 + random.nextInt(29)));
        }
      }
    }
  }

  private static WindowBatch batch(int windows, int length) {
    return new WindowBatch(
        TinyModel.SPECIALS,
        Collections.nCopies(windows, TokenIds.copyOf(new long[length - 2])),
        length);
  }
}
