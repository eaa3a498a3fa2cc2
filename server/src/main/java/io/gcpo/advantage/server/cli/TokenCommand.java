// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.auth.NewToken;
import io.gcpo.advantage.server.auth.TokenHash;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: what a client is to send, and what the server is to know of it. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Make a random token for a client.",
      "The first line is the client's secret (GCPO_TOKEN, or --token-file); the second is for the",
      "server (grpc.auth.tokens-file): it holds only a hash. Neither is kept anywhere."
    })
final class TokenCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Whose token it is, for example a team or a run.")
  private String client = "";

  @Spec private @Nullable CommandSpec spec;

  TokenCommand() {}

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    String token = NewToken.random(new SecureRandom());
    String line = hash(token).line();
    PrintWriter out = spec.commandLine().getOut();
    out.println(token);
    out.println(line);
    return 0;
  }

  private TokenHash hash(String token) {
    try {
      return TokenHash.of(client, token);
    } catch (IllegalArgumentException unusable) {
      throw new InputException(
          "NAME: %s (expected: %s)".formatted(client, unusable.getMessage()), unusable);
    }
  }
}
