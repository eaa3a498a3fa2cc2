// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLinesTest {
  private static final String A = TokenHash.of("a", "first").line();
  private static final String B = TokenHash.of("b", "second").line();

  @Test
  void lines_commentsSpacesAndUpperCase_areTaken() {
    AcceptedTokens tokens =
        TokenLines.parse(
            "# who\r\n\r\n  " + A + "  \r\nb : " + B.substring(2).toUpperCase(Locale.ROOT));

    assertThat(tokens.clientOf("first")).hasValue("a");
    assertThat(tokens.clientOf("second")).hasValue("b");
    assertThat(tokens.clientOf("third")).isEmpty();
  }

  @Test
  void line_isTheHashThatSha256sumPrints() {
    assertThat(TokenHash.of("a", "abc").line())
        .isEqualTo("a:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void lines_severalOfOneName_areAllTaken() {
    AcceptedTokens tokens =
        TokenLines.parse(TokenHash.of("a", "old").line() + "\n" + TokenHash.of("a", "new").line());

    assertThat(tokens.clientOf("old")).hasValue("a");
    assertThat(tokens.clientOf("new")).hasValue("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void lines_oneTokenTwice_areRefused(String name) {
    String again = TokenHash.of(name, "first").line();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenLines.parse(A + "\n\n" + again))
        .withMessage("has the same token in lines 1 and 3 (expected: each token once)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "a:canary",
        ":0000000000000000000000000000000000000000000000000000000000000000",
        "canary!:0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "a:000000000000000000000000000000000000000000000000000000000000000",
        "a:0000000000000000000000000000000000000000000000000000000000000000 canary"
      })
  void line_thatDoesNotParse_isNamedAndNotQuoted(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenLines.parse(A + "\n" + line))
        .withMessageStartingWith("line 2 does not parse (expected: NAME:SHA256, ")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("canary", "000"));
  }

  @Test
  void number_noneOrTooMany_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenLines.parse("# nobody\n"))
        .withMessage("has 0 tokens (expected: 1 to 1000)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenLines.parse(lines(1_001)))
        .withMessage("has 1001 tokens (expected: 1 to 1000)");
    assertThat(TokenLines.parse(lines(1_000)).clientOf("t999")).hasValue("a");
  }

  @Test
  void toString_ofAll_holdsNoHash() {
    assertThat(TokenLines.parse(A)).hasToString("1 tokens");
    assertThat(TokenHash.of("a", "first")).hasToString("a:***");
  }

  private static String lines(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> TokenHash.of("a", "t" + i).line())
        .collect(Collectors.joining("\n"));
  }
}
