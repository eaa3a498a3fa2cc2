// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code metrics}: what a server measures, as a page. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {"List every metric of /metrics.", "Writes Markdown; needs no server."})
final class MetricsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  MetricsCommand() {}

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    spec.commandLine().getOut().print(MetricsPage.write());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
