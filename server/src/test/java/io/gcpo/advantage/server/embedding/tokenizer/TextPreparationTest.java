// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts and lower case, and what no tokenizer may choke on. */
final class TextPreparationTest {
  private static final int LONG = 1_000_000;

  @Test
  void encode_promptAndLowerCase_asPrepared() {
    Tokenizer codePoints =
        new TextPreparation("Q: ", true)
            .around(
                new Tokenizer() {
                  @Override
                  public TokenIds encode(String text) {
                    return TokenIds.copyOf(text.codePoints().asLongStream().toArray());
                  }

                  @Override
                  public SpecialTokens specialTokens() {
                    return new SpecialTokens(TokenIds.EMPTY, TokenIds.EMPTY);
                  }

                  @Override
                  public void close() {}
                });

    assertThat(codePoints.encode("A\u0130\u03a3\ud801\udc00"))
        .isEqualTo(
            TokenIds.copyOf("q: ai\u0307\u03c3\ud801\udc28".codePoints().asLongStream().toArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0301", "7", "\u6211", "\ud83d\ude00", " ", "#", "\u00df"})
  void encode_aMillionTimesOneCharacter_completes(String unit) {
    try (Tokenizer tokenizer = open()) {
      int tokens = tokenizer.encode(unit.repeat(LONG)).length();
      int half = tokenizer.encode(unit.repeat(LONG / 2)).length();

      assertThat(tokens).isIn(half, 2 * half);
    }
  }

  /** A tokenizer that still opens may have other ids; the process lives either way. */
  @Test
  void open_bytesChanged_opensOrIsRefused(@TempDir Path folder) throws IOException {
    byte[] whole = tiny();
    int refused = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) "{}[],:\"x0\u00ff".charAt(random.nextInt(10));
      Path file = Files.write(folder.resolve("tokenizer.json"), damaged);
      try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(file)) {
        assertThat(tokenizer.specialTokens()).as("seed %d", seed).isNotNull();
      } catch (InvalidModelException e) {
        refused++;
        assertThat(e).as("seed %d", seed).hasMessageStartingWith(file + ": ");
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] tiny() throws IOException {
    return Resources.toByteArray(
        TextPreparationTest.class.getResource("/golden/models/bert/tokenizer.json"));
  }

  private static Tokenizer open() {
    return HuggingFaceTokenizerAdapter.open(GoldenEmbeddings.model().tokenizerFile());
  }
}
