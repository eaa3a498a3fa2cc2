// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.TextPreparation;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a policy writes: the native tokenizer cuts it into tokens, the same each time and not
 * more than it has characters, and windows hold each of them once.
 */
class TokenizerFuzzTest {
  private static final Tokenizer PLAIN = open(TextPreparation.NONE);
  private static final Tokenizer PREPARED = open(new TextPreparation("query: ", true));
  private static final int WINDOW = 16;

  /** A character may be decomposed before it is cut, some into eighteen. */
  private static final int MAX_TOKENS_PER_CHARACTER = 18;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "Natalia sold 48/2 = 24 clips in May. #### 72",
            "^".repeat(200),
            "[CLS] [SEP] [MASK] \u0000 \ufeff",
            "e\u0301\u0302\u0303\u0304 \u200d\u200d \u202e",
            "\u8a9e\u6f22\u5b57 \ud83d\ude00 \ufdfa")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 5_000)
  void cutsAnyText(byte[] data) {
    // Half of it as UTF-16, so that surrogates stand alone.
    String text =
        data.length > 0 && data[0] % 2 == 0
            ? new String(data, UTF_8)
            : new String(data, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace('\u00d8', '\ud800');
    check(PLAIN, text, "");
    check(PREPARED, text, "query: ");
  }

  private static void check(Tokenizer tokenizer, String text, String prompt) {
    TokenIds tokens = tokenizer.encode(text);
    assertThat(tokens).isEqualTo(tokenizer.encode(text));
    assertThat(tokens.length())
        .isLessThanOrEqualTo(MAX_TOKENS_PER_CHARACTER * (prompt.length() + text.length()));
    WindowCutter.Windows windows =
        (WindowCutter.Windows)
            new WindowCutter(tokenizer.specialTokens(), WINDOW)
                .cut(tokens, TruncationPolicy.CHUNK_MEAN);
    assertThat(windows.contents().stream().mapToInt(TokenIds::length).sum())
        .isEqualTo(tokens.length());
    assertThat(windows.truncatedTokens()).isZero();
  }

  private static Tokenizer open(TextPreparation preparation) {
    Path directory = Path.of(System.getProperty("gcpo.model.directory"));
    return preparation.around(
        HuggingFaceTokenizerAdapter.open(directory.resolve("tokenizer.json")));
  }
}
