// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.bootstrap.StartupException;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.grpc.StatusRuntimeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code gcpo-advantage} and what its failures look like on a terminal. */
@Command(
    name = "gcpo-advantage",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Group advantages for RL with verifiable rewards.",
    subcommands = {
      ServeCommand.class,
      ScoreCommand.class,
      BenchCommand.class,
      EmbedCommand.class,
      EstimatorsCommand.class,
      MetricsCommand.class,
      TokenCommand.class,
      DemoCommand.class
    })
public final class GcpoAdvantageCommand {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  GcpoAdvantageCommand() {}

  /** Runs the command line; 0 for success, 1 for a failure, 2 for a wrong command line. */
  public static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new GcpoAdvantageCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line));
  }

  private static int report(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof InvalidConfigException invalid) {
      line.getErr().println("The configuration is wrong:");
      invalid.problems().forEach(problem -> line.getErr().println("  " + problem));
      return MISUSED;
    }
    if (failure instanceof InputException || failure instanceof StartupException) {
      line.getErr().println(failure.getMessage());
      return FAILED;
    }
    if (failure instanceof StatusRuntimeException refused) {
      line.getErr()
          .println(refused.getStatus().getCode() + ": " + refused.getStatus().getDescription());
      return FAILED;
    }
    if (failure instanceof ParameterException) {
      throw failure;
    }
    failure.printStackTrace(line.getErr());
    return FAILED;
  }
}
