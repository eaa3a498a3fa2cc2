// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.ServerModules;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.grpc.GrpcServer;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: a server on a free loopback port, real groups over a real channel, a table. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Score bundled real rollouts over a loopback channel and show what comes back.")
final class DemoCommand implements Callable<Integer> {
  private static final List<String> EXAMPLES =
      List.of("gsm8k_groups.jsonl", "humaneval_groups.jsonl");

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private @Nullable CommandSpec spec;

  DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    PrintWriter terminal = spec.commandLine().getOut();
    List<RolloutGroup> groups = examples();
    Map<String, String> anyPort =
        Map.of("grpc.host", "127.0.0.1", "grpc.port", "0", "management.port", "0");
    try (RunningServer server = Bootstrap.start(ServerModules.listening(config.read(anyPort)));
        AdvantageClient client =
            AdvantageClient.connect("127.0.0.1:" + server.instance(GrpcServer.class).port())) {
      ComputeAdvantagesResponse grpo = client.compute(request(groups, Estimator.ESTIMATOR_GRPO));
      ComputeAdvantagesResponse gcpo =
          client.compute(request(groups, Estimator.ESTIMATOR_GCPO_COOPERATIVE));
      DemoTable table = new DemoTable(terminal);
      table.begin(gcpo);
      for (int i = 0; i < groups.size(); i++) {
        table.group(groups.get(i), grpo.getResults(i), gcpo.getResults(i));
      }
      terminal.flush();
    }
    return 0;
  }

  private static ComputeAdvantagesRequest request(List<RolloutGroup> groups, Estimator estimator) {
    return ComputeAdvantagesRequest.newBuilder()
        .setConfig(AdvantageConfig.newBuilder().setEstimator(estimator))
        .addAllGroups(groups)
        .build();
  }

  private static List<RolloutGroup> examples() throws IOException {
    List<RolloutGroup> groups = new ArrayList<>();
    for (String name : EXAMPLES) {
      Path file = Home.directory().resolve("examples").resolve(name);
      try (BufferedReader reader = TextFiles.reader(file)) {
        GroupsFile lines = new GroupsFile(reader);
        for (GroupsFile.Entry entry = lines.next(); entry != null; entry = lines.next()) {
          if (entry.group() == null) {
            throw new InputException(
                "%s line %d: %s".formatted(file, entry.line(), entry.problem()));
          }
          groups.add(entry.group());
        }
      }
    }
    return groups;
  }
}
