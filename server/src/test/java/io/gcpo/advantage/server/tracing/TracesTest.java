// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static io.gcpo.advantage.server.tracing.TracedServer.attribute;
import static io.gcpo.advantage.server.tracing.TracedServer.children;
import static io.gcpo.advantage.server.tracing.TracedServer.hasRequestId;
import static io.gcpo.advantage.server.tracing.TracedServer.hex;
import static io.gcpo.advantage.server.tracing.TracedServer.stub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets from the real server, with the real model, over real connections. */
@Timeout(300)
class TracesTest {
  private static final String CANARY = "canary-7f3a";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir private static Path folder;
  private static TestCollector collector;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    collector = TestCollector.answering();
    Path headers = folder.resolve("headers");
    Files.writeString(headers, "# of the collector\nauthorization: Bearer t0ken\n");
    server =
        TestServer.real(
            Map.of(
                "embedding.cache-bytes",
                "0",
                "tracing.otlp-endpoint",
                collector.url(),
                "tracing.service-name",
                "judge",
                "tracing.headers-file",
                headers.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
    collector.close();
  }

  @Test
  void unaryCall_traceparent_isParentOfTheCallAndTheCallOfItsStages() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    stub(server, "00-" + trace + "-" + PARENT + "-01")
        .computeAdvantages(request("unary", group("g", rollout("one way", 1), rollout("two", 0))));

    List<Span> spans = collector.awaitTrace(span -> hasRequestId(span, "unary"));
    Span call = TracedServer.call(spans);

    assertThat(hex(call.getTraceId())).isEqualTo(trace);
    assertThat(hex(call.getParentSpanId())).isEqualTo(PARENT);
    assertThat(call.getName()).isEqualTo("gcpo.advantage.v1.AdvantageService/ComputeAdvantages");
    assertThat(attribute(call, "rpc.system").getStringValue()).isEqualTo("grpc");
    assertThat(attribute(call, "rpc.method").getStringValue()).isEqualTo("ComputeAdvantages");
    assertThat(attribute(call, "rpc.grpc.status_code").hasIntValue()).isTrue();
    assertThat(attribute(call, "rpc.grpc.status_code").getIntValue()).isZero();
    assertThat(attribute(call, "gcpo.model").getStringValue()).isEqualTo("all-MiniLM-L6-v2");
    assertThat(attribute(call, "gcpo.groups").getIntValue()).isEqualTo(1);
    assertThat(attribute(call, "gcpo.rollouts").getIntValue()).isEqualTo(2);
    assertThat(attribute(call, "gcpo.tokens").getIntValue()).isPositive();
    assertThat(call.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(children(spans, call))
        .extracting(Span::getName)
        .containsExactlyInAnyOrder(
            "validate", "embed", "tokenize", "queue", "infer", "pool", "advantage", "serialize");
    assertThat(spans).hasSize(9);
  }

  @Test
  void stages_lieInsideTheCallAndBeginInOrder() throws Exception {
    stub(server, "00-5bf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .computeAdvantages(request("order", sound("g"), sound("h")));

    List<Span> spans = collector.awaitTrace(span -> hasRequestId(span, "order"));
    Span call = TracedServer.call(spans);
    List<Span> stages =
        children(spans, call).stream()
            .sorted(
                Comparator.comparingLong(Span::getStartTimeUnixNano)
                    .thenComparingLong(Span::getEndTimeUnixNano))
            .toList();

    assertThat(stages)
        .allSatisfy(
            stage -> {
              assertThat(stage.getStartTimeUnixNano())
                  .isBetween(call.getStartTimeUnixNano(), stage.getEndTimeUnixNano());
              assertThat(stage.getEndTimeUnixNano()).isLessThanOrEqualTo(call.getEndTimeUnixNano());
            });
    assertThat(stages.stream().map(Span::getName).filter(name -> !name.equals("embed")))
        .containsExactly(
            "validate", "tokenize", "queue", "infer", "pool", "advantage", "serialize");
    Span advantage = stages.get(stages.size() - 2);
    assertThat(attribute(advantage, "gcpo.stage.parts").getIntValue()).isEqualTo(2);
    assertThat(attribute(advantage, "gcpo.stage.busy_seconds").getDoubleValue()).isPositive();
  }

  @Test
  void traceparent_malformed_isIgnored() throws Exception {
    stub(server, "00-" + CANARY + "-" + PARENT + "-01")
        .computeAdvantages(request("malformed", sound("g")));

    Span call = TracedServer.call(collector.awaitTrace(span -> hasRequestId(span, "malformed")));

    assertThat(call.getParentSpanId().isEmpty()).isTrue();
    assertThat(call.getTraceId().size()).isEqualTo(16);
  }

  @Test
  void traceparent_notSampled_isNotTraced() throws Exception {
    stub(server, "00-6bf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-00")
        .computeAdvantages(request("unsampled", sound("g")));
    stub(server, "00-7bf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .computeAdvantages(request("sampled", sound("g")));

    collector.awaitTrace(span -> hasRequestId(span, "sampled"));

    assertThat(collector.spans())
        .noneMatch(span -> hex(span.getTraceId()).equals("6bf92f3577b34da6a3ce929d0e0e4736"));
  }

  @Test
  void embedTexts_textsAndTokens_areCounted() throws Exception {
    stub(server, "00-8bf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .embedTexts(
            EmbedTextsRequest.newBuilder()
                .setRequestId("embed")
                .addTexts("a")
                .addTexts("b")
                .build());

    Span call = TracedServer.call(collector.awaitTrace(span -> hasRequestId(span, "embed")));

    assertThat(attribute(call, "gcpo.texts").getIntValue()).isEqualTo(2);
    assertThat(attribute(call, "gcpo.tokens").getIntValue()).isEqualTo(6);
  }

  @Test
  void stream_eachGroup_isAPartWithItsStages() throws Exception {
    RolloutGroup broken = RolloutGroup.newBuilder().setGroupId("broken").build();
    TracedServer.stream(server, "stream", sound("a"), sound("b"), broken);

    List<Span> spans = collector.awaitTrace(span -> hasRequestId(span, "stream"));
    Span call = TracedServer.call(spans);
    List<Span> groups = children(spans, call);

    assertThat(groups).hasSize(3).allMatch(span -> span.getName().equals("group"));
    assertThat(groups)
        .filteredOn(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
        .singleElement()
        .satisfies(
            span ->
                assertThat(attribute(span, "error.type").getStringValue())
                    .isEqualTo("INVALID_FIELD"));
    assertThat(groups)
        .filteredOn(span -> span.getStatus().getCode() != StatusCode.STATUS_CODE_ERROR)
        .allSatisfy(
            span ->
                assertThat(children(spans, span))
                    .extracting(Span::getName)
                    .contains("validate", "tokenize", "infer", "advantage", "serialize"));
  }

  @Test
  void failure_isAnErrorAndNothingOfTheContentLeaves() throws Exception {
    String failed = "9bf92f3577b34da6a3ce929d0e0e4736";
    RolloutGroup secret =
        group(CANARY, rollout(CANARY, 1), rollout(CANARY + " b", 0)).toBuilder()
            .setPrompt(CANARY)
            .build();
    assertThatThrownBy(
            () ->
                stub(server, "00-" + failed + "-" + PARENT + "-01")
                    .computeAdvantages(request(CANARY + " with blanks", secret)))
        .isInstanceOf(StatusRuntimeException.class);
    TracedServer.stream(server, "content", secret, secret);
    stub(server, "00-abf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .computeAdvantages(request("content2", secret));

    List<Span> trace = collector.awaitTrace(span -> hex(span.getTraceId()).equals(failed));
    collector.awaitTrace(span -> hasRequestId(span, "content"));
    collector.awaitTrace(span -> hasRequestId(span, "content2"));

    Span call = TracedServer.call(trace);
    assertThat(call.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(call.getStatus().getMessage()).isEmpty();
    assertThat(call.getEventsList()).isEmpty();
    assertThat(attribute(call, "error.type").getStringValue()).isEqualTo("INVALID_ARGUMENT");
    assertThat(attribute(call, "rpc.grpc.status_code").getIntValue()).isEqualTo(3);
    assertThat(collector.bodies()).contains("content2").doesNotContain(CANARY);
  }

  @Test
  void export_resourceAndHeaders_areThoseConfigured() throws Exception {
    stub(server, "00-bbf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .computeAdvantages(request("resource", sound("g")));
    collector.awaitTrace(span -> hasRequestId(span, "resource"));

    assertThat(collector.authorizations()).isNotEmpty().containsOnly("Bearer t0ken");
    assertThat(collector.resources())
        .isNotEmpty()
        .allSatisfy(
            resource ->
                assertThat(resource.getAttributesList())
                    .anyMatch(
                        attribute ->
                            attribute.getKey().equals("service.name")
                                && attribute.getValue().getStringValue().equals("judge")));
  }

  @Test
  void openMetrics_latencies_nameTraces() throws Exception {
    stub(server, "00-cbf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01")
        .computeAdvantages(request("exemplar", sound("g")));

    String openMetrics = scrape("application/openmetrics-text; version=1.0.0");

    for (String histogram :
        List.of(
            "gcpo_request_duration_seconds_bucket\\{[^}]*ComputeAdvantages",
            "gcpo_stage_duration_seconds_bucket\\{[^}]*validate",
            "gcpo_stage_duration_seconds_bucket\\{[^}]*queue",
            "gcpo_stage_duration_seconds_bucket\\{[^}]*infer",
            "gcpo_stage_duration_seconds_bucket\\{[^}]*advantage")) {
      assertThat(openMetrics)
          .containsPattern(
              histogram + "[^\\n]*# \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"}");
    }
    assertThat(scrape("text/plain")).doesNotContain("trace_id");
  }

  private static ComputeAdvantagesRequest request(String id, RolloutGroup... groups) {
    return ComputeAdvantagesRequest.newBuilder()
        .setRequestId(id)
        .addAllGroups(List.of(groups))
        .build();
  }

  private static String scrape(String accept) throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(metrics).header("Accept", accept).build(),
            BodyHandlers.ofString())
        .body();
  }
}
