// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Prometheus of its own, on loopback, that scrapes one server each second and knows the chart's
 * rules.
 */
final class PrometheusProcess implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private PrometheusProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it in {@code folder}, which it writes to; {@code target} is a host and a port. */
  static PrometheusProcess start(Path folder, String target) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: advantage
            static_configs: [{targets: ['%s']}]
        """
            .formatted(RuleFile.RULES.toAbsolutePath().normalize(), target));
    String listen = "127.0.0.1:" + freePort();
    Process process =
        new ProcessBuilder(
                MonitoringTool.path("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + listen)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new PrometheusProcess(process, URI.create("http://" + listen));
  }

  /** Whether it is there to be asked. */
  boolean isReady() throws InterruptedException {
    assertThat(process.isAlive()).as("prometheus runs").isTrue();
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** The samples that the expression gives now; fails where Prometheus does not understand it. */
  List<JsonObject> query(String expression) throws IOException, InterruptedException {
    JsonObject data = data("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    return RuleFile.objects(data, "result").toList();
  }

  /** All rules, with their health. */
  List<JsonObject> rules() throws IOException, InterruptedException {
    return RuleFile.objects(data("/api/v1/rules"), "groups")
        .flatMap(group -> RuleFile.objects(group, "rules"))
        .toList();
  }

  /** Kills it: what it has stored is of no use to anybody. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private JsonObject data(String path) throws IOException, InterruptedException {
    String answer = get(path).body();
    JsonObject parsed = JsonParser.parseString(answer).getAsJsonObject();
    assertThat(parsed.get("status").getAsString()).as("%s: %s", path, answer).isEqualTo("success");
    return parsed.getAsJsonObject("data");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Prometheus does not say which port it found, so this finds one. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
