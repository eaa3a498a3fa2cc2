// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
  private final OpenCalls calls = new OpenCalls();
  private final List<ServerCall<?, ?>> started = new ArrayList<>();
  private final ServerCallHandler<ComputeAdvantagesRequest, ComputeAdvantagesResponse> handler =
      (call, headers) -> {
        started.add(call);
        return new ServerCall.Listener<>() {};
      };

  @Test
  void callThatIsOpenAtTheEnd_isSentElsewhere() throws Exception {
    RecordedCall call = new RecordedCall();
    calls.interceptCall(call, new Metadata(), handler);

    assertThat(calls.awaitNone(Duration.ZERO)).isFalse();
    calls.closeAll();

    assertDraining(call);
  }

  @Test
  void callThatComesBetweenTheSweepAndTheEnd_isSentElsewhereUntouched() {
    calls.closeAll();
    RecordedCall late = new RecordedCall();

    calls.interceptCall(late, new Metadata(), handler);

    assertDraining(late);
    assertThat(started).isEmpty();
  }

  @Test
  void callThatItsHandlerAnswersAfterTheSweep_keepsTheFirstStatus() {
    RecordedCall call = new RecordedCall();
    calls.interceptCall(call, new Metadata(), handler);
    calls.closeAll();

    started.get(0).close(Status.OK, new Metadata());

    assertDraining(call);
  }

  @Test
  void callThatEnded_isNotWaitedFor() throws Exception {
    RecordedCall call = new RecordedCall();
    ServerCall.Listener<?> listener = calls.interceptCall(call, new Metadata(), handler);

    listener.onComplete();

    assertThat(calls.awaitNone(Duration.ZERO)).isTrue();
    calls.closeAll();
    assertThat(call.statuses).isEmpty();
  }

  private static void assertDraining(RecordedCall call) {
    assertThat(call.statuses).hasSize(1);
    assertThat(call.statuses.get(0).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(call.statuses.get(0).getDescription()).isEqualTo("the server stops");
  }

  private static final class RecordedCall
      extends ServerCall<ComputeAdvantagesRequest, ComputeAdvantagesResponse> {
    private final List<Status> statuses = new ArrayList<>();

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(ComputeAdvantagesResponse message) {}

    @Override
    public void close(Status status, Metadata trailers) {
      statuses.add(status);
    }

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
