// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.multibindings.OptionalBinder;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.tracing.ForTracing;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interceptor that throws, somewhere among the real ones. */
@Timeout(60)
class DefectGuardTest {
  /** Where it throws. */
  enum Place {
    CALL,
    MESSAGE,
    HALF_CLOSE
  }

  @ParameterizedTest
  @EnumSource
  void defect_isInternalWithAReason_andTheNextCallIsAnswered(Place place) {
    OnceDefect defect = new OnceDefect(place);
    try (TestServer server = TestServer.with(embedding(), tracing(defect), Map.of())) {
      AdvantageServiceGrpc.AdvantageServiceBlockingStub stub =
          AdvantageServiceGrpc.newBlockingStub(server.channel());

      assertThatThrownBy(() -> stub.computeAdvantages(request(sound("a"))))
          .satisfies(
              refused -> {
                Status status = StatusProto.fromThrowable(refused);
                assertThat(status.getCode()).isEqualTo(Code.INTERNAL_VALUE);
                assertThat(Refusals.reason(status)).isEqualTo("INTERNAL");
                assertThat(status.getMessage()).doesNotContain("secret");
              });

      assertThat(stub.computeAdvantages(request(sound("a"))).getResults(0).hasAdvantages())
          .isTrue();
      Await.until(() -> open(server) == 0);
    }
  }

  private static double open(TestServer server) {
    return server.instance(MeterRegistry.class).find(RequestMetrics.OPEN.name()).gauges().stream()
        .mapToDouble(Gauge::value)
        .sum();
  }

  private static Module embedding() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(Embedders.class).toInstance(new Embedders(List.of(new FakeEmbedder())));
      }
    };
  }

  private static Module tracing(ServerInterceptor interceptor) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        OptionalBinder.newOptionalBinder(
                binder(), Key.get(ServerInterceptor.class, ForTracing.class))
            .setBinding()
            .toInstance(interceptor);
      }
    };
  }

  /** Throws once. */
  private static final class OnceDefect implements ServerInterceptor {
    private final Place place;
    private volatile boolean thrown;

    OnceDefect(Place place) {
      this.place = place;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      pass(Place.CALL);
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onMessage(Q message) {
          pass(Place.MESSAGE);
          super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
          pass(Place.HALF_CLOSE);
          super.onHalfClose();
        }
      };
    }

    private void pass(Place now) {
      if (now == place && !thrown) {
        thrown = true;
        throw new StackOverflowError("secret");
      }
    }
  }
}
