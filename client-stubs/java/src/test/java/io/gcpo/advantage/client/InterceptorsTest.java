// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterceptorsTest {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  private final List<String> order = new CopyOnWriteArrayList<>();

  @Test
  void interceptors_seeEveryCallInOrder_andMayAddHeaders() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    try (FakeServer server = new FakeServer();
        AdvantageClient client =
            AdvantageClient.connect(
                server
                    .options()
                    .interceptor(adding("first", "replaced"))
                    .interceptor(adding("second", parent))
                    .build())) {
      client.compute(Answers.request());
      client.info();

      assertThat(server.headers)
          .isNotEmpty()
          .allSatisfy(headers -> assertThat(headers.get(TRACEPARENT)).isEqualTo(parent));
      assertThat(order).hasSize(2 * server.headers.size());
      assertThat(order.subList(0, 2)).containsExactly("first", "second");
    }
  }

  private ClientInterceptor adding(String name, String traceparent) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        order.add(name);
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            headers.discardAll(TRACEPARENT);
            headers.put(TRACEPARENT, traceparent);
            super.start(listener, headers);
          }
        };
      }
    };
  }
}
