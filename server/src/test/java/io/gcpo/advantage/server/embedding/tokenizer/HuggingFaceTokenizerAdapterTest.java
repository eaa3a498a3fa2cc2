// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HuggingFaceTokenizerAdapterTest {
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() {
    tokenizer = HuggingFaceTokenizerAdapter.open(GoldenEmbeddings.model().tokenizerFile());
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void encode_goldenTexts_sameIdsAndCounts() {
    int compared = 0;
    for (GoldenEmbeddings.Case golden : GoldenEmbeddings.read()) {
      TokenIds ids = tokenizer.encode(golden.text());
      assertThat(ids.length() + 2).as(golden.name()).isEqualTo(golden.tokens());
      if (golden.ids().isPresent()) {
        assertThat(ids).as(golden.name()).isEqualTo(golden.ids().get());
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(8);
  }

  @Test
  void specialTokens_bert_aroundTheContent() {
    assertThat(tokenizer.specialTokens().prefix()).isEqualTo(TokenIds.copyOf(101));
    assertThat(tokenizer.specialTokens().suffix()).isEqualTo(TokenIds.copyOf(102));
  }

  @Test
  void encode_loneSurrogate_isReplacedAndSparesTheRest() {
    assertThat(tokenizer.encode("\ud83d 42 \ud83d\ude00 x\udc00"))
        .isEqualTo(tokenizer.encode("\ufffd 42 \ud83d\ude00 x\ufffd"));
  }

  @Test
  void encode_oneMebibyteOfOneCharacter_oneUnknownWord() {
    assertThat(tokenizer.encode("x".repeat(1 << 20))).isEqualTo(TokenIds.copyOf(100));
  }

  @Test
  void encode_oneMebibyteOfWords_nothingCutOff() {
    assertThat(tokenizer.encode("a ".repeat(1 << 19)).length()).isEqualTo(1 << 19);
  }

  @Test
  void open_damagedFile_namesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), "{}");

    assertThatThrownBy(() -> HuggingFaceTokenizerAdapter.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": not a tokenizer");
  }
}
