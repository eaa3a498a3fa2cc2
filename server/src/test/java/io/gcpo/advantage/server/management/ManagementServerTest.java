// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.bootstrap.StartupException;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.grpc.ConnectionConfig;
import io.gcpo.advantage.server.grpc.LimitsConfig;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.metrics.MeterReader;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.SwitchedCheck;
import io.gcpo.advantage.server.testing.SwitchedLife;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP on the loopback interface. */
class ManagementServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean embedderReady = new AtomicBoolean(true);
  private final AtomicBoolean embedderAlive = new AtomicBoolean(true);
  private final RunningServer server = start(new ManagementConfig("127.0.0.1", 0));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void metrics_plain_isPrometheusText() throws Exception {
    registry.counter("asked", "by", "test").increment();
    HttpResponse<String> response = get("/metrics", "text/plain");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains("# TYPE asked_total counter\n", "asked_total{by=\"test\"} 1.0\n")
        .doesNotContain("# EOF");
  }

  @Test
  void metrics_openMetricsAccepted_isOpenMetrics() throws Exception {
    registry.counter("asked").increment();
    HttpResponse<String> response =
        get("/metrics", "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).contains("# TYPE asked counter\n").endsWith("# EOF\n");
  }

  @Test
  void livez_notReady_is200() throws Exception {
    embedderReady.set(false);
    assertThat(get("/livez", "*/*").statusCode()).isEqualTo(200);
  }

  @Test
  void livez_onlyANewProcessHelps_is503WithTheComponent() throws Exception {
    embedderAlive.set(false);
    HttpResponse<String> response = get("/livez", "*/*");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("embedder: lost\n");
  }

  @Test
  void readyz_allReady_is200WithComponents() throws Exception {
    HttpResponse<String> response = get("/readyz", "*/*");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ready\nembedder: ready\n");
  }

  @Test
  void readyz_oneNotReady_is503() throws Exception {
    embedderReady.set(false);
    HttpResponse<String> response = get("/readyz", "*/*");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("not ready\nembedder: not ready\n");
  }

  @Test
  void readyz_draining_is503() throws Exception {
    server.instance(Readiness.class).startDraining();
    HttpResponse<String> response = get("/readyz", "*/*");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("draining\nembedder: ready\n");
    assertThat(get("/livez", "*/*").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/docs/",
        "/docs/adr.md",
        "/docs/..%2fstyle.css",
        "/metricsx",
        "/metrics/",
        "/livez/x",
        "/..%2fmetrics"
      })
  void anyOtherPath_is404(String path) throws Exception {
    assertThat(get(path, "*/*").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void otherMethod_is405(String method) throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/livez")).method(method, BodyPublishers.ofString("x")));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void head_knownPath_hasLengthAndNoBody() throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/livez")).method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(5);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/style.css", "/metrics", "/readyz", "/docs/operations.md", "/nowhere"})
  void everyAnswer_tellsBrowsersToBeCareful(String path) throws Exception {
    HttpResponse<String> response = get(path, "*/*");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'self';")
        .doesNotContain("script-src", "unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void head_page_hasLengthAndNoBody() throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/")).method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    assertThat(response.body()).isEmpty();
  }

  @Test
  void brokenPage_is500WithoutDetail() throws Exception {
    AtomicReference<String> secret = new AtomicReference<>("internal detail");
    registry
        .more()
        .counter(
            "broken",
            List.of(),
            secret,
            reference -> {
              throw new IllegalStateException(reference.get());
            });
    HttpResponse<String> response = get("/metrics", "*/*");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("internal error\n");
    assertThat(get("/livez", "*/*").statusCode()).isEqualTo(200);
  }

  @Test
  void close_server_portIsFree() throws Exception {
    InetSocketAddress address = address();
    server.close();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void start_portTaken_namesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(new ManagementConfig("127.0.0.1", taken.getLocalPort())))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "start of ManagementServer: management.port: /127.0.0.1:%d (expected: an address that"
                      .formatted(taken.getLocalPort())
                  + " can be bound)");
    }
  }

  @Test
  void start_unknownHost_namesIt() {
    assertThatThrownBy(() -> start(new ManagementConfig("no.such.host.invalid", 0)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("no.such.host.invalid");
  }

  @Test
  void start_switchedOff_hasNoAddress() {
    try (RunningServer off = start(new ManagementConfig("127.0.0.1", -1))) {
      assertThat(off.instance(ManagementServer.class).address()).isEmpty();
    }
  }

  private RunningServer start(ManagementConfig config) {
    return Bootstrap.start(List.of(new ManagementModule(config), new SurroundingsModule()));
  }

  private final class SurroundingsModule extends AbstractModule {
    @Override
    protected void configure() {
      bind(PrometheusMeterRegistry.class).toInstance(registry);
      bind(MeterRegistry.class).toInstance(registry);
      bind(MeterReader.class).in(Singleton.class);
      bind(Embedders.class).toInstance(new Embedders(List.of(new FakeEmbedder())));
      bind(LimitsConfig.class).toInstance(LimitsConfig.DEFAULTS);
      bind(AdmissionConfig.class).toInstance(AdmissionConfig.DEFAULTS);
      bind(AdmissionBudgets.class)
          .toInstance(AdmissionBudgets.of(1 << 20, 1, Ticker.systemTicker()));
      bind(ConnectionConfig.class).toInstance(ConnectionConfig.DEFAULTS);
      Multibinder.newSetBinder(binder(), ReadinessCheck.class)
          .addBinding()
          .toInstance(new SwitchedCheck("embedder", embedderReady));
      Multibinder.newSetBinder(binder(), LivenessCheck.class)
          .addBinding()
          .toInstance(new SwitchedLife("embedder", embedderAlive));
    }
  }

  private InetSocketAddress address() {
    return server.instance(ManagementServer.class).address().orElseThrow();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address().getPort() + path);
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).header("Accept", accept));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
