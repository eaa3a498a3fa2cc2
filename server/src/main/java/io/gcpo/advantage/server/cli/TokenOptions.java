// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say which token {@code --target} is shown. None takes the token itself: other
 * users of a machine see the arguments of a process.
 */
final class TokenOptions {
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Show --target the token in this file. Default: the variable GCPO_TOKEN.")
  private @Nullable Path file;

  @Option(
      names = "--allow-insecure-token",
      description = "Let the token travel to another machine in plain text.")
  private boolean insecure;

  TokenOptions() {}

  /** Throws {@link InputException} if the file holds no token. */
  void applyTo(AdvantageClientOptions.Builder options) {
    if (insecure) {
      options.allowInsecureToken();
    }
    if (file != null) {
      String token = read(file);
      try {
        options.token(token);
      } catch (IllegalArgumentException unusable) {
        throw new InputException(
            "--token-file: %s does not hold a token (expected: one line, printable ASCII without"
                    .formatted(file)
                + " spaces)",
            unusable);
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new InputException(
          "--token-file: %s cannot be read, %s (expected: a file that can)"
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }
}
