// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
  private static final String TOKEN = NewToken.random(new SecureRandom());
  private static final String LONGEST = "x".repeat(512);

  private final Authenticator authenticator =
      new Authenticator(
          new AuthConfig(
              null,
              TokenLines.parse(
                  TokenHash.of("trainer", TOKEN).line()
                      + "\n"
                      + TokenHash.of("long", LONGEST).line())));

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
  void client_ofAKnownToken_isNamed(String scheme) {
    assertThat(authenticator.client(List.of(scheme + TOKEN))).isEqualTo("trainer");
    assertThat(authenticator.client(List.of(scheme + LONGEST))).isEqualTo("long");
  }

  @Test
  void client_withoutAToken_isRefused() {
    assertRefused(Reason.TOKEN_MISSING);
  }

  @Test
  void client_unknownToken_isRefused() {
    assertRefused(Reason.TOKEN_INVALID, "Bearer x");
    assertRefused(Reason.TOKEN_INVALID, "Bearer  " + TOKEN);
    assertRefused(Reason.TOKEN_INVALID, "Bearer " + TOKEN + " ");
    assertRefused(Reason.TOKEN_INVALID, "Bearer " + TOKEN.substring(1));
    assertRefused(Reason.TOKEN_INVALID, "Bearer " + TOKEN + "=");
  }

  @Test
  void client_anythingElse_isMalformed() {
    for (String value : List.of("", TOKEN, "Bearer", "Bearer ", "Basic " + TOKEN, " Bearer x")) {
      assertRefused(Reason.TOKEN_MALFORMED, value);
    }
    assertRefused(Reason.TOKEN_MALFORMED, "Bearer " + LONGEST + "x");
    assertRefused(Reason.TOKEN_MALFORMED, "Bearer " + TOKEN, "Bearer " + TOKEN);
  }

  private void assertRefused(Reason reason, String... values) {
    assertThatExceptionOfType(UnauthenticatedException.class)
        .isThrownBy(() -> authenticator.client(List.of(values)))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused).hasNoCause();
              assertThat(refused.getMessage()).doesNotContain(TOKEN, LONGEST);
            });
  }
}
