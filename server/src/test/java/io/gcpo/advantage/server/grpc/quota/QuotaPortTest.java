// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.proxy.FaultProxy;
import io.gcpo.advantage.server.grpc.ConnectionConfig;
import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Rollout;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients and their shares, on a real port. */
@Timeout(120)
class QuotaPortTest {
  private static final int MIB = 1 << 20;
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /** What a call may send unasked. */
  private static final int WINDOW = ConnectionConfig.DEFAULTS.flowControlWindow();

  @Test
  void callOverTheQuota_isToldWhoseAndWhen_itsBodyStays() throws Exception {
    try (TestServer server = Tenants.serve(Map.of("quota.calls-per-second", "0.001"));
        FaultProxy relay = new FaultProxy(server.port())) {
      ManagedChannel channel =
          Grpc.newChannelBuilder("localhost:" + relay.port(), InsecureChannelCredentials.create())
              .build();
      try {
        var noisy = Tenants.stub(channel, "noisy");
        assertThat(noisy.computeAdvantages(request(sound("a"))).getResultsCount()).isEqualTo(1);

        StatusRuntimeException refused = refusal(() -> noisy.computeAdvantages(large()));

        assertThat(relay.sent()).isLessThan(WINDOW + MIB / 2);
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(detail(status, ErrorInfo.class).getReason()).isEqualTo("QUOTA");
        assertThat(detail(status, QuotaFailure.class).getViolationsList())
            .containsExactly(
                QuotaFailure.Violation.newBuilder()
                    .setSubject("client:noisy")
                    .setDescription("the client's quota: 0.001 calls a second")
                    .build());
        assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds())
            .isBetween(900L, 1_000L);
        assertThat(Long.parseLong(refused.getTrailers().get(PUSHBACK)))
            .isBetween(900_000L, 1_000_001L);
        assertThat(counted(server, "calls_per_second", "enforce")).isEqualTo(1);
        assertThat(
                server
                    .instance(MeterRegistry.class)
                    .get("gcpo_requests_total")
                    .tag("reason", "QUOTA")
                    .counter()
                    .count())
            .isEqualTo(1);

        // Nobody else has less for it, and health has no quota.
        assertThat(Tenants.stub(channel, "small").computeAdvantages(large()).getResultsCount())
            .isEqualTo(1);
        assertThat(relay.sent()).isGreaterThan(15 * MIB);
        for (int i = 0; i < 5; i++) {
          var unused =
              HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        }
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void shadow_letsThrough_countsAndNamesTheClientInTheLog() {
    try (CapturedLog log = CapturedLog.open();
        TestServer server =
            Tenants.serve(Map.of("quota.calls-per-second", "0.001", "quota.mode", "shadow"))) {
      for (int i = 0; i < 10; i++) {
        assertThat(
                Tenants.stub(server.channel(), "noisy")
                    .computeAdvantages(request(sound("a")))
                    .getResultsCount())
            .isEqualTo(1);
      }

      assertThat(counted(server, "calls_per_second", "shadow")).isEqualTo(9);
      assertThat(counted(server, "calls_per_second", "enforce")).isZero();
      assertThat(log.lines()).anyMatch(line -> line.contains("client noisy: calls that would"));
    }
  }

  @Test
  void tenTimesTheCallsOfAnother_costTheOtherNothing() throws Exception {
    ComputeAdvantagesRequest question = request(sound("a"), sound("b"));
    try (TestServer alone = TestServer.with(new FakeEmbedder(), Map.of());
        TestServer server =
            Tenants.serve(Map.of("quota.calls-per-second", "40", "quota.burst", "1s"))) {
      ComputeAdvantagesResponse expected = alone.client().compute(question);
      List<ListenableFuture<ComputeAdvantagesResponse>> noisy = new ArrayList<>();
      long begin = System.nanoTime();
      int small = 0;
      for (int i = 0; i < 40; i++) {
        for (int k = 0; k < 10; k++) {
          noisy.add(Tenants.futures(server.channel(), "noisy").computeAdvantages(question));
        }
        ComputeAdvantagesResponse answer =
            Tenants.stub(server.channel(), "small").computeAdvantages(question);
        assertThat(answer.getResultsList()).isEqualTo(expected.getResultsList());
        small++;
      }
      int answered = 0;
      for (ListenableFuture<ComputeAdvantagesResponse> call : noisy) {
        answered += isAnswered(call, expected) ? 1 : 0;
      }
      double seconds = (System.nanoTime() - begin) / 1e9;

      assertThat(small).isEqualTo(40);
      assertThat(answered).isBetween(40, (int) (40 + 40 * seconds + 1));
      assertThat(counted(server, "calls_per_second", "enforce")).isEqualTo(400 - answered);
    }
  }

  @Test
  void namedClient_hasItsOwnLimit() {
    try (TestServer server =
        Tenants.serve(
            Map.of("quota.clients", "noisy", "clients.noisy.calls-per-second", "0.001"))) {
      var noisy = Tenants.stub(server.channel(), "noisy");
      var unused = noisy.computeAdvantages(request(sound("a")));

      assertThat(refusal(() -> noisy.computeAdvantages(request(sound("a")))).getStatus().getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      for (int i = 0; i < 20; i++) {
        unused = Tenants.stub(server.channel(), "small").computeAdvantages(request(sound("a")));
      }
    }
  }

  @Test
  void ourClient_waitsUntilThereIsRoom() throws Exception {
    try (TestServer server =
        TestServer.with(
            new FakeEmbedder(), Map.of("quota.calls-per-second", "1", "quota.burst", "1s"))) {
      List<CompletableFuture<ComputeAdvantagesResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(server.client().computeAsync(request(sound("a"))));
      }
      for (CompletableFuture<ComputeAdvantagesResponse> call : calls) {
        assertThat(call.get(60, TimeUnit.SECONDS).getResultsCount()).isEqualTo(1);
      }

      assertThat(counted(server, "calls_per_second", "enforce")).isPositive();
    }
  }

  private static boolean isAnswered(
      ListenableFuture<ComputeAdvantagesResponse> call, ComputeAdvantagesResponse expected)
      throws Exception {
    try {
      assertThat(call.get(60, TimeUnit.SECONDS).getResultsList())
          .isEqualTo(expected.getResultsList());
      return true;
    } catch (ExecutionException refused) {
      assertThat(Status.fromThrowable(refused).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      return false;
    }
  }

  private static double counted(TestServer server, String limit, String mode) {
    return server
        .instance(MeterRegistry.class)
        .get("gcpo_quota_refused_total")
        .tag("limit", limit)
        .tag("mode", mode)
        .counter()
        .count();
  }

  private static StatusRuntimeException refusal(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException refused) {
      return refused;
    }
    throw new AssertionError("answered");
  }

  private static <T extends com.google.protobuf.Message> T detail(
      com.google.rpc.Status status, Class<T> type) throws Exception {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no " + type);
  }

  private static ComputeAdvantagesRequest large() {
    String text = "x".repeat(500_000);
    return request(
        group(
            "g",
            IntStream.range(0, 32)
                .mapToObj(i -> rollout(i + text, i % 2))
                .toArray(Rollout[]::new)));
  }
}
