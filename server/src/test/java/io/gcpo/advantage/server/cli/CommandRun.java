// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What one command line printed and ended with. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        GcpoAdvantageCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = line.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** With the model that the build unpacked. */
  static CommandRun withModel(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--property=embedding.token-budget=512");
    all.add("--property=embedding.model-directory=" + System.getProperty("gcpo.model.directory"));
    return of(all.toArray(String[]::new));
  }

  /** With that model as a of 256 tokens and as b of 128. */
  static CommandRun withModels(String... arguments) {
    String directory = System.getProperty("gcpo.model.directory");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--property=embedding.token-budget=512");
    all.add("--property=embedding.models=a,b");
    all.add("--property=models.a.directory=" + directory);
    all.add("--property=models.b.directory=" + directory);
    all.add("--property=models.b.max-input-tokens=128");
    return of(all.toArray(String[]::new));
  }
}
