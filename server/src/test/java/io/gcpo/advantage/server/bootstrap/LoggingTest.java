// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * In processes of their own: log4j2.xml is read once, and System.err belongs to the test runner.
 */
class LoggingTest {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9.]{6}";

  @Test
  void plain_default_isOneLineAnEvent() throws Exception {
    List<String> lines = probe(Map.of(), List.of());
    assertThat(lines.get(0))
        .matches(TIME + "Z INFO  \\[main\\] LoggingProbe \\[r-1\\] two\\\\nlines");
    assertThat(lines.get(1)).matches(TIME + "Z WARN  \\[main\\] LoggingProbe failed");
    assertThat(lines.get(2)).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines.get(3)).startsWith("\tat io.gcpo.advantage.server.bootstrap.LoggingProbe");
    assertThat(lines.get(4)).endsWith("[main] library through the bridge");
    assertThat(lines.get(5)).endsWith("[main] X not noise");
    assertThat(lines.get(6)).endsWith("LoggingProbe in the shutdown hook");
    assertThat(lines).hasSize(7);
  }

  @Test
  void json_environment_isOneObjectALine() throws Exception {
    List<JsonObject> events = objects(probe(Map.of("GCPO_LOG_FORMAT", "json"), List.of()));
    assertThat(events).hasSize(5);
    JsonObject first = events.get(0);
    assertThat(first.keySet())
        .containsExactly("timestamp", "level", "logger", "thread", "message", "request_id");
    assertThat(first.get("timestamp").getAsString()).matches(TIME + "Z");
    assertThat(first.get("level").getAsString()).isEqualTo("INFO");
    assertThat(first.get("logger").getAsString()).isEqualTo(LoggingProbe.class.getName());
    assertThat(first.get("message").getAsString()).isEqualTo("two\nlines");
    assertThat(first.get("request_id").getAsString()).isEqualTo("r-1");
    assertThat(events.get(1).get("exception").getAsString())
        .startsWith("java.lang.IllegalStateException: why");
    assertThat(events.get(1).has("request_id")).isFalse();
  }

  @Test
  void level_systemProperties_win() throws Exception {
    List<JsonObject> events =
        objects(
            probe(
                Map.of("GCPO_LOG_LEVEL", "ERROR"),
                List.of("-DGCPO_LOG_LEVEL=DEBUG", "-DGCPO_LOG_FORMAT=json")));
    assertThat(events.get(0).get("message").getAsString()).isEqualTo("detail");
  }

  private static List<JsonObject> objects(List<String> lines) {
    return lines.stream().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  /** What the probe writes to its standard error. */
  private static List<String> probe(Map<String, String> environment, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.timezone=UTC");
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LoggingProbe.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("GCPO_LOG_LEVEL");
    builder.environment().remove("GCPO_LOG_FORMAT");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(error).isZero();
    return error.lines().toList();
  }
}
