// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that repeat one thing, against the reference library, for each kind of tokenizer. */
final class DegenerateTextTest {
  private static final int LONG = 1_000_000;
  private static final GoldenTokenizers.References REFERENCES = GoldenTokenizers.references();

  static Stream<String> tokenizers() {
    return REFERENCES.ids().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void encode_degenerateText_idsOfTheReference(String name) {
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(GoldenTokenizers.file(name))) {
      REFERENCES
          .units()
          .forEach(
              (kind, unit) -> {
                String text = GoldenTokenizers.repeat(unit, REFERENCES.characters());
                assertThat(GoldenTokenizers.Digest.of(tokenizer.encode(text)))
                    .as("%s: %s", name, kind)
                    .isEqualTo(REFERENCES.digest(name, kind));
              });
    }
  }

  /**
   * As many tokens a character as in the reference's shorter text, or the same one or two words.
   */
  @ParameterizedTest
  @MethodSource("tokenizers")
  void encode_aMillionCharacters_completes(String name) {
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(GoldenTokenizers.file(name))) {
      for (String kind : List.of("letter", "combining mark", "letters at random")) {
        String unit = Objects.requireNonNull(REFERENCES.units().get(kind));
        int few = REFERENCES.digest(name, kind).count();
        int expected = few <= 2 ? few : few * (LONG / REFERENCES.characters());

        assertThat(tokenizer.encode(GoldenTokenizers.repeat(unit, LONG)).length())
            .as("%s: %s", name, kind)
            .isCloseTo(expected, Percentage.withPercentage(1));
      }
    }
  }
}
