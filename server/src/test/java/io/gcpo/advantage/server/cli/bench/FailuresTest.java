// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Status FULL =
      Status.newBuilder()
          .setCode(Code.UNAVAILABLE_VALUE)
          .setMessage("full")
          .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("QUEUE_FULL").build()))
          .build();

  @Test
  void failures_areCountedByCodeAndReason() {
    Failures failures = new Failures();
    failures.add(StatusProto.toStatusRuntimeException(FULL));
    failures.add(new CompletionException(StatusProto.toStatusRuntimeException(FULL)));
    failures.add(FULL);
    failures.add(io.grpc.Status.UNAVAILABLE.withDescription("gone").asRuntimeException());
    failures.add(new IllegalStateException("broken"));

    assertThat(failures.counts())
        .containsExactly(
            new FailureCount("UNAVAILABLE QUEUE_FULL", 3, "full"),
            new FailureCount("UNAVAILABLE", 1, "gone"),
            new FailureCount("IllegalStateException", 1, "broken"));
  }
}
