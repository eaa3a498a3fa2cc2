// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import io.gcpo.advantage.server.config.ConfigReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whose calls are taken: everybody's where neither is set.
 *
 * @param tokensFile of lines {@code NAME:SHA256}, looked at again while the server runs
 * @param tokens the same, from a setting
 */
public record AuthConfig(@Nullable Path tokensFile, AcceptedTokens tokens) {
  static final String TOKENS_FILE = "grpc.auth.tokens-file";
  static final String TOKENS = "grpc.auth.tokens";

  /** Keys {@code grpc.auth.*}. */
  public static AuthConfig read(ConfigReader reader) {
    return new AuthConfig(
        reader.path(TOKENS_FILE, null),
        // On a command line or in YAML commas are handier than lines.
        reader.secret(
            TOKENS, AcceptedTokens.NONE, text -> TokenLines.parse(text.replace(',', '\n'))));
  }

  /** Whether a token is needed. */
  public boolean isOn() {
    return tokensFile != null || !tokens.isEmpty();
  }
}
