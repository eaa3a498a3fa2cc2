// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class CaseFoldTest {

  @Test
  void of_letters_losesTheirCase() {
    assertThat(CaseFold.of("It is 3.5 KG, \u00c9t\u00c9!"))
        .isEqualTo("it is 3.5 kg, \u00e9t\u00e9!");
  }

  @Test
  void of_sigmas_areOneLetter() {
    assertThat(CaseFold.of("\u03a3\u03c3\u03c2")).isEqualTo("\u03c3\u03c3\u03c3");
  }

  @Test
  void of_supplementaryLettersAndLoneSurrogates_staysWhole() {
    assertThat(CaseFold.of("\ud801\udc00\ud83d\ude42")).isEqualTo("\ud801\udc28\ud83d\ude42");
    assertThat(CaseFold.of("A\ud801B\udc00")).isEqualTo("a\ud801b\udc00");
  }

  @Test
  void of_turkishDefaultLocale_changesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(CaseFold.of("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** String.toLowerCase takes hours for this text. */
  @Test
  void of_aMillionCapitalSigmas_returns() {
    assertThat(CaseFold.of("\u03a3".repeat(1_000_000))).isEqualTo("\u03c3".repeat(1_000_000));
  }
}
