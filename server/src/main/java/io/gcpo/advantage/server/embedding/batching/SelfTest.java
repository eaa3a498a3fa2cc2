// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;

/**
 * Tries an encoder before anybody waits for it: known texts must have their recorded embeddings,
 * every embedding must be finite, and a window of the full length must pass. Throws {@link
 * IllegalStateException} or what the encoder throws.
 */
final class SelfTest {
  /** Recorded by another implementation, so that the last digits may differ. */
  private static final double MIN_COSINE = 0.9999;

  private final Tokenizer tokenizer;
  private final BatchSettings settings;
  private final RecordedEmbeddings recorded;

  SelfTest(Tokenizer tokenizer, BatchSettings settings, RecordedEmbeddings recorded) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.recorded = recorded;
  }

  void run(Encoder encoder) {
    if (settings.specialTokens().count() == 0) {
      throw new IllegalStateException(
          "self-test: the tokenizer adds no special token (expected: at least one, as an empty text"
              + " has no other)");
    }
    encode(encoder, TokenIds.EMPTY);
    encode(encoder, fullWindow());
    for (Map.Entry<String, Embedding> expected : recorded.byText().entrySet()) {
      double cosine =
          cosine(encode(encoder, tokenizer.encode(expected.getKey())), expected.getValue());
      if (!(cosine >= MIN_COSINE)) {
        throw new IllegalStateException(
            "self-test: \"%s\" has cosine %s with its recorded embedding (expected: >= %s)"
                .formatted(expected.getKey(), cosine, MIN_COSINE));
      }
    }
  }

  private TokenIds fullWindow() {
    int content = settings.maxInputTokens() - settings.specialTokens().count();
    int token = tokenizer.encode("a").get(0);
    return TokenIds.nCopies(content, token);
  }

  private Embedding encode(Encoder encoder, TokenIds content) {
    WindowBatch batch =
        new WindowBatch(
            settings.specialTokens(), List.of(content), settings.paddedLength(content.length()));
    int tokens = batch.length(0);
    double[] sum = settings.head().pool(encoder.encode(batch), 0, tokens);
    return settings.head().finish(sum, tokens);
  }

  private static double cosine(Embedding a, Embedding b) {
    if (a.dimension() != b.dimension()) {
      return Double.NaN;
    }
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.get(i) * b.get(i);
    }
    return dot;
  }
}
