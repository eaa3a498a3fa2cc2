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

/** A model whose file is sound and whose weights are not. */
final class NotANumberModelTest {
  @Test
  void selfTest_weightsWithNaN_refused() throws URISyntaxException {
    try (EncoderFactory model = open("nan.onnx");
        Encoder encoder = model.open()) {
      SelfTest selfTest = selfTest(model);

      assertThatThrownBy(() -> selfTest.run(encoder))
          .isInstanceOf(NonFiniteEmbeddingException.class);
    }
  }

  /** The same model with sound weights passes: it is the NaN that is refused. */
  @Test
  void selfTest_finiteWeights_passes() throws URISyntaxException {
    try (EncoderFactory model = open("float32.onnx");
        Encoder encoder = model.open()) {
      selfTest(model).run(encoder);

      assertThat(model.dimension()).isEqualTo(8);
    }
  }

  private static SelfTest selfTest(EncoderFactory model) {
    Tokenizer tokenizer = new SmallVocabulary();
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
            Objects.requireNonNull(NotANumberModelTest.class.getResource("/golden/onnx/" + name))
                .toURI()),
        1);
  }

  /** The models have 32 ids. */
  private static final class SmallVocabulary implements Tokenizer {
    @Override
    public TokenIds encode(String text) {
      return TokenIds.copyOf(text.chars().mapToLong(character -> character % 32).toArray());
    }

    @Override
    public SpecialTokens specialTokens() {
      return new SpecialTokens(TokenIds.copyOf(1), TokenIds.copyOf(2));
    }

    @Override
    public void close() {}
  }
}
