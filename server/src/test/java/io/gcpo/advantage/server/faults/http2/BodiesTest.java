// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceFutureStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 640 MiB at one time, in messages that are refused once they are read. */
class BodiesTest {
  private static final FaultReport REPORT = new FaultReport("bodies");
  private static final int CALLERS = 20;
  private static final int BODY = 32 << 20;
  private static final int ROUNDS = Scale.of(1, 5);
  private static final ComputeAdvantagesRequest LARGE =
      ComputeAdvantagesRequest.newBuilder().setRequestId("x".repeat(BODY)).build();

  @TempDir private static Path folder;
  private static AttackedServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new AttackedServer(
            folder,
            // Half of what is sent to it, all of it resident from the start: what grows is outside
            // of the heap, and a heap that overflows ends the server.
            List.of("-Xms320m", "-Xmx320m", "-XX:+AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError"),
            Map.of(
                "embedding.token-budget",
                "512",
                "limits.max-message-bytes",
                Integer.toString(BODY + 1_024)),
            REPORT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    REPORT.finish();
  }

  @Test
  void largeBodies_areReadAFewAtATime() throws Exception {
    // One that stalls for a quarter of a second may find its room taken, and is told to come again.
    assertThat(attack("32 MiB bodies", new Metadata()))
        .contains(Status.Code.INVALID_ARGUMENT)
        .isSubsetOf(Status.Code.INVALID_ARGUMENT, Status.Code.UNAVAILABLE);
  }

  @Test
  void largeBodiesThatWereDeclaredSmall_areCutOff() throws Exception {
    Metadata lie = new Metadata();
    lie.put(AdmissionInterceptor.REQUEST_BYTES, 100L);
    assertThat(attack("32 MiB bodies declared as 100 bytes", lie))
        .doesNotContain(Status.Code.OK, Status.Code.UNKNOWN, Status.Code.INTERNAL);
  }

  private static Set<Status.Code> attack(String name, Metadata headers) throws Exception {
    Set<Status.Code> codes = EnumSet.noneOf(Status.Code.class);
    server.suffer(
        name,
        tally -> {
          TransportThreads own = new TransportThreads();
          for (int round = 0; round < ROUNDS; round++) {
            codes.addAll(round(tally, headers));
          }
          tally.spent(own.cpuNanos());
          tally.threadEnds();
        });
    return codes;
  }

  private static List<Status.Code> round(AttackTally tally, Metadata headers) throws Exception {
    List<ManagedChannel> channels = new ArrayList<>();
    List<ListenableFuture<ComputeAdvantagesResponse>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.port())
              .usePlaintext()
              // One after the other: twenty at once would exhaust the heap of this process.
              .directExecutor()
              .build();
      channels.add(channel);
      AdvantageServiceFutureStub stub =
          AdvantageServiceGrpc.newFutureStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
      calls.add(stub.computeAdvantages(LARGE));
      tally.connected();
    }
    List<Status.Code> codes = new ArrayList<>();
    for (ListenableFuture<ComputeAdvantagesResponse> call : calls) {
      codes.add(codeOf(call));
      tally.sent(BODY);
    }
    channels.forEach(ManagedChannel::shutdownNow);
    codes.forEach(code -> tally.told(code.toString()));
    return codes;
  }

  private static Status.Code codeOf(ListenableFuture<ComputeAdvantagesResponse> call)
      throws Exception {
    try {
      call.get(120, TimeUnit.SECONDS);
      return Status.Code.OK;
    } catch (ExecutionException refused) {
      return Status.fromThrowable(refused).getCode();
    }
  }
}
