// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.gcpo.advantage.v1.Limits;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that forget every result, on real connections. */
@Timeout(60)
class ReplicasTest {
  @Test
  void answersThatDoNotFit_areFoundAndCallsTakeTurns() throws IOException {
    Forgetful first = new Forgetful();
    Forgetful second = new Forgetful();
    Server one = serve(first);
    Server other = serve(second);
    try (AdvantageClient toOne = AdvantageClient.connect("127.0.0.1:" + one.getPort());
        AdvantageClient toOther = AdvantageClient.connect("127.0.0.1:" + other.getPort())) {
      Result result = run(new Replicas(List.of(toOne, toOther), false));

      assertThat(result.calls()).isEqualTo(new Calls(10, 0, 10, 0));
      assertThat(result.failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.name()).isEqualTo("WRONG_ANSWER");
                assertThat(failure.count()).isEqualTo(10);
                assertThat(failure.example()).contains("results");
              });
      assertThat(result.wrongAnswers()).isTrue();
      assertThat(first.calls).hasValue(5);
      assertThat(second.calls).hasValue(5);
    } finally {
      one.shutdownNow();
      other.shutdownNow();
    }
  }

  private static Result run(Replicas replicas) {
    Driver.Meter none =
        new Driver.Meter() {
          @Override
          public Duration processorTime() {
            return Duration.ZERO;
          }

          @Override
          public long attempts() {
            return 0;
          }
        };
    Workload workload =
        new Workload(
            new SyntheticGroups(2, Lengths.parse("5"), 1),
            1,
            1,
            Texts.FRESH,
            ComputeAdvantagesRequest.getDefaultInstance());
    return new Driver(
            Time.system(), workload, replicas, Long.MAX_VALUE, Duration.ofSeconds(10), none)
        .run(new ConstantRate(50), new Window(Duration.ZERO, Duration.ofMillis(200)));
  }

  private static Server serve(Forgetful service) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(service)
        .addService(new Generous())
        .build()
        .start();
  }

  private static final class Forgetful extends AdvantageServiceGrpc.AdvantageServiceImplBase {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void computeAdvantages(
        ComputeAdvantagesRequest request, StreamObserver<ComputeAdvantagesResponse> observer) {
      calls.incrementAndGet();
      observer.onNext(
          ComputeAdvantagesResponse.newBuilder().setRequestId(request.getRequestId()).build());
      observer.onCompleted();
    }
  }

  private static final class Generous extends InfoServiceGrpc.InfoServiceImplBase {
    @Override
    public void getServerInfo(
        GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> observer) {
      observer.onNext(
          GetServerInfoResponse.newBuilder()
              .setLimits(
                  Limits.newBuilder().setMaxMessageBytes(1 << 24).setMaxGroupsPerRequest(1_000))
              .build());
      observer.onCompleted();
    }
  }
}
