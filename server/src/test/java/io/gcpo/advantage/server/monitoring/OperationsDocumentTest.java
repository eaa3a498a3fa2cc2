// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operations.md tells an operator to write and to set. */
class OperationsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "operations.md");

  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static final Pattern SETTING =
      Pattern.compile("`((?:grpc|limits|embedding|texts|management|tracing)\\.[a-z.-]+)[`=]");

  @TempDir private Path folder;

  @Test
  void serverYaml_isTaken() throws IOException {
    Path file = Files.writeString(folder.resolve("server.yaml"), block("grpc:"));

    assertThat(ServerConfig.read(List.of(ConfigSource.file(file))).effective())
        .contains("grpc.host = 0.0.0.0", "grpc.tls.private-key = tls/tls.key");
  }

  @Test
  void prometheusYaml_isTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("prometheus.yml"), block("global:"));
    Files.copy(RuleFile.RULES, folder.resolve(RuleFile.RULES.getFileName()));

    MonitoringTool.run(
        folder.resolve("promtool"),
        file,
        List.of(MonitoringTool.path("promtool"), "check", "config", file.toString()));
  }

  @Test
  void composeYaml_setsWhatTheServerKnows() throws IOException {
    Path file = Files.writeString(folder.resolve("tls.yaml"), block("services:"));
    JsonObject server = RuleFile.yaml(file).getAsJsonObject("services").getAsJsonObject("server");
    Map<String, String> variables = new HashMap<>();
    server
        .getAsJsonObject("environment")
        .entrySet()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().getAsString()));

    assertThat(ServerConfig.read(List.of(ConfigSource.environment(variables))).effective())
        .contains("grpc.insecure = false", "grpc.auth.tokens-file = /tokens");
  }

  @Test
  void settings_exist() throws IOException {
    Set<String> known =
        ServerConfig.read(List.of()).effective().stream()
            .map(setting -> setting.split(" = ", 2)[0])
            .collect(Collectors.toSet());

    assertThat(SETTING.matcher(Files.readString(DOCUMENT)).results().map(match -> match.group(1)))
        .hasSizeGreaterThan(10)
        .allSatisfy(setting -> assertThat(known).contains(setting));
  }

  private static String block(String begin) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map((MatchResult match) -> match.group(1))
            .filter(block -> block.startsWith(begin))
            .toList();
    assertThat(blocks).as("blocks that begin with %s", begin).hasSize(1);
    return blocks.get(0);
  }
}
