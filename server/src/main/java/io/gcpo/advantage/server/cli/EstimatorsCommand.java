// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code estimators}: what a server says of its estimators, as a page. */
@Command(
    name = "estimators",
    mixinStandardHelpOptions = true,
    description = {
      "List every estimator with its parameters.",
      "Writes Markdown, made from the server's GetServerInfo."
    })
final class EstimatorsCommand implements Callable<Integer> {
  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private @Nullable CommandSpec spec;

  EstimatorsCommand() {}

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    try (ClientOptions.Session session = client.open()) {
      spec.commandLine().getOut().print(EstimatorsPage.of(session.client().info()));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
