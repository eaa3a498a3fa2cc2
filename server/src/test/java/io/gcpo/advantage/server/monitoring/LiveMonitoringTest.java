// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.metrics.CatalogCheck;
import io.gcpo.advantage.server.metrics.Exposition;
import io.gcpo.advantage.server.metrics.gpu.FakeNvidiaSmi;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.TestCertificate;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.grpc.StatusRuntimeException;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server under load, watched by a real Prometheus with the chart's rules. With TLS, and a
 * script in place of {@code nvidia-smi} which says what that tool once said: a panel about
 * certificates or GPUs must have data as well.
 */
@Timeout(400)
class LiveMonitoringTest {
  private static final ComputeAdvantagesRequest REQUEST =
      ComputeAdvantagesRequest.newBuilder().addAllGroups(Examples.all()).build();

  private static final Pattern SELECTOR =
      Pattern.compile("\\b(gcpo|jvm|process)[_:][a-z0-9_:]+(\\{[^}]*})?");

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Without groups: refused. */
  private static final ComputeAdvantagesRequest BAD = ComputeAdvantagesRequest.getDefaultInstance();

  @TempDir private Path folder;

  @Test
  void everyExpression_ofDashboardsAndRules_worksOnTheRealServer() throws Exception {
    Path prometheusFolder = Files.createDirectory(folder.resolve("prometheus"));
    TestCertificate certificate = TestCertificate.make(folder, "localhost", "EC");
    try (ServerProcess server = start(certificate);
        PrometheusProcess prometheus =
            PrometheusProcess.start(prometheusFolder, managementTarget());
        AdvantageClient client = connect(server, certificate)) {
      Set<String> withoutData = new TreeSet<>(dashboardExpressions());
      withoutData.addAll(ruleSelectors());
      int calls = 0;
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!withoutData.isEmpty() && Instant.now().isBefore(deadline)) {
        client.compute(REQUEST);
        client.embed(EmbedTextsRequest.newBuilder().addTexts("not cached: " + calls++).build());
        assertThatThrownBy(() -> client.compute(BAD)).isInstanceOf(StatusRuntimeException.class);
        if (prometheus.isReady()) {
          removeThoseWithData(prometheus, withoutData);
        }
      }

      assertThat(withoutData).as("expressions without data").isEmpty();
      assertThat(prometheus.rules())
          .hasSize((int) RuleFile.rules().count())
          .allSatisfy(rule -> assertThat(rule.get("health").getAsString()).isEqualTo("ok"));
      promtoolLikesTheMetrics();
      String metrics = Files.readString(folder.resolve("metrics"));
      assertThat(CatalogCheck.problems(Exposition.of(metrics))).isEmpty();
    }
  }

  private ServerProcess start(TestCertificate certificate) throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    FakeNvidiaSmi.in(tools, "sleep 1");
    return ServerProcess.start(
        folder,
        List.of("-Xmx1g"),
        Map.of(
            "grpc.tls.certificate-chain",
            certificate.certificate().toString(),
            "grpc.tls.private-key",
            certificate.key().toString()),
        Map.of("PATH", tools + File.pathSeparator + System.getenv("PATH")));
  }

  private static AdvantageClient connect(ServerProcess server, TestCertificate certificate) {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder(server.target())
            .trustRoots(certificate.certificate())
            .authority("localhost")
            .build());
  }

  private static List<String> dashboardExpressions() throws Exception {
    List<String> expressions = new ArrayList<>();
    for (Path file : Dashboards.files()) {
      Dashboards.panels(file).flatMap(Dashboards::expressions).forEach(expressions::add);
    }
    return expressions;
  }

  private static void removeThoseWithData(PrometheusProcess prometheus, Set<String> expressions)
      throws Exception {
    for (String expression : List.copyOf(expressions)) {
      if (prometheus.query(expression).stream().anyMatch(LiveMonitoringTest::isNumber)) {
        expressions.remove(expression);
      }
    }
  }

  private static boolean isNumber(JsonObject sample) {
    return Double.isFinite(sample.getAsJsonArray("value").get(1).getAsDouble());
  }

  /** Series by name and labels that the rules use: an alert that has nothing to say is empty. */
  private static List<String> ruleSelectors() {
    return RuleFile.rules()
        .flatMap(rule -> SELECTOR.matcher(rule.get("expr").getAsString()).results())
        .map(match -> "count(" + match.group() + ")")
        .toList();
  }

  private void promtoolLikesTheMetrics() throws Exception {
    Path metrics = folder.resolve("metrics");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + managementTarget() + "/metrics")).build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(metrics));
    MonitoringTool.run(
        folder.resolve("promtool"),
        metrics,
        List.of(MonitoringTool.path("promtool"), "check", "metrics", "--extended"));
  }

  private String managementTarget() throws IOException {
    Properties ports = new Properties();
    ports.load(new StringReader(Files.readString(folder.resolve("ports"))));
    return "127.0.0.1:" + ports.getProperty("management.port");
  }
}
