// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterceptorTest {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  @Test
  void interceptors_seeEveryAttemptInTheOrderGiven() throws Exception {
    try (FakeServer server = new FakeServer();
        AdvantageClient client =
            AdvantageClient.connect(
                server
                    .options()
                    .retryPolicy(Failures.HASTY)
                    .interceptor(noting("first"))
                    .interceptor(noting("second"))
                    .build())) {
      client.info();
      seen.clear();
      server.service.failures.add(Status.UNAVAILABLE.asRuntimeException());

      client.compute(
          ComputeAdvantagesRequest.newBuilder().addGroups(Answers.group("a", "text")).build());
    }

    assertThat(seen)
        .containsExactly(
            "first ComputeAdvantages",
            "second ComputeAdvantages",
            "first ComputeAdvantages",
            "second ComputeAdvantages");
  }

  private ClientInterceptor noting(String name) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        seen.add(name + " " + method.getBareMethodName());
        return next.newCall(method, options);
      }
    };
  }
}
