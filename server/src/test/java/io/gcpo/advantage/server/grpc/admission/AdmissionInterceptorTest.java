// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionInterceptorTest {
  private final ByteBudget budget = new ByteBudget(100, 5, Ticker.systemTicker());
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void handlerThatFailsAtTheHeaders_keepsNothing() {
    AdmissionInterceptor interceptor =
        new AdmissionInterceptor(
            new AdmissionBudgets(budget, budget),
            50,
            Duration.ofSeconds(60),
            timers,
            (call, failure) -> {},
            new Unobserved());

    assertThatThrownBy(
            () ->
                interceptor.interceptCall(
                    new OpenCall(),
                    new Metadata(),
                    (call, headers) -> {
                      call.request(2);
                      assertThat(budget.held()).isEqualTo(50);
                      throw new IllegalStateException("no handler");
                    }))
        .hasMessage("no handler");

    assertThat(budget.held()).isZero();
  }

  private static final class Unobserved implements AdmissionObserver {
    @Override
    public void callShed() {}

    @Override
    public void manyWait() {}

    @Override
    public void largeMessage() {}
  }

  /** One whose caller sends nothing. */
  private static final class OpenCall
      extends ServerCall<ComputeAdvantagesRequest, ComputeAdvantagesResponse> {
    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(ComputeAdvantagesResponse message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<ComputeAdvantagesRequest, ComputeAdvantagesResponse>
        getMethodDescriptor() {
      return AdvantageServiceGrpc.getComputeAdvantagesMethod();
    }
  }
}
