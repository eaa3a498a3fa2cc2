// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SelfTestTest {
  @Test
  void run_weightsWithNaN_refused() throws URISyntaxException {
    try (EncoderFactory model = open("nan.onnx");
        Encoder encoder = model.open()) {
      SelfTest selfTest = selfTest(model);

      assertThatThrownBy(() -> selfTest.run(encoder))
          .isInstanceOf(NonFiniteEmbeddingException.class);
    }
  }

  /** The same model with sound weights passes: it is the NaN that is refused. */
  @Test
  void run_finiteWeights_passes() throws URISyntaxException {
    try (EncoderFactory model = open("float32.onnx");
        Encoder encoder = model.open()) {
      selfTest(model).run(encoder);

      assertThat(model.dimension()).isEqualTo(8);
    }
  }

  @Test
  void run_noSpecialTokens_refusedAsAnEmptyTextWouldHaveNone() throws URISyntaxException {
    try (EncoderFactory model = open("float32.onnx");
        Encoder encoder = model.open()) {
      SelfTest selfTest = selfTest(model, new SpecialTokens(TokenIds.EMPTY, TokenIds.EMPTY));

      assertThatThrownBy(() -> selfTest.run(encoder))
          .hasMessageStartingWith("self-test: the tokenizer adds no special token");
    }
  }

  private static SelfTest selfTest(EncoderFactory model) {
    return selfTest(model, new SpecialTokens(TokenIds.copyOf(1), TokenIds.copyOf(2)));
  }

  private static SelfTest selfTest(EncoderFactory model, SpecialTokens specialTokens) {
    Tokenizer tokenizer = new SmallVocabulary(specialTokens);
    BatchSettings settings =
        new BatchSettings(
            tokenizer.specialTokens(),
            10,
            SentencePipeline.mean(Path.of("mean")).head(model.dimension()),
            4);
    return new SelfTest(tokenizer, settings, RecordedEmbeddings.NONE);
  }

  private static EncoderFactory open(String name) throws URISyntaxException {
    return OnnxEncoderFactory.open(
        Path.of(
            Objects.requireNonNull(SelfTestTest.class.getResource("/golden/onnx/" + name)).toURI()),
        1);
  }

  /** The models have 32 ids. */
  private record SmallVocabulary(SpecialTokens specialTokens) implements Tokenizer {
    @Override
    public TokenIds encode(String text) {
      return TokenIds.copyOf(text.chars().mapToLong(character -> character % 32).toArray());
    }

    @Override
    public void close() {}
  }
}
