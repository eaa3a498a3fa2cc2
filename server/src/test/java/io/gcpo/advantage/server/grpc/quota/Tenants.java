// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceBlockingStub;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceFutureStub;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.HashMap;
import java.util.Map;

/** A server that knows two clients, {@code noisy} and {@code small}, and calls of theirs. */
final class Tenants {
  private Tenants() {}

  static TestServer serve(Map<String, String> settings) {
    return serve(new FakeEmbedder(), settings);
  }

  static TestServer serve(FakeEmbedder embedder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(
        "grpc.auth.tokens",
        TokenHash.of("noisy", "noisy").line() + "," + TokenHash.of("small", "small").line());
    return TestServer.with(embedder, all);
  }

  /** Calls that nobody repeats. */
  static AdvantageServiceBlockingStub stub(ManagedChannel channel, String client) {
    return AdvantageServiceGrpc.newBlockingStub(channel).withInterceptors(token(client));
  }

  static AdvantageServiceFutureStub futures(ManagedChannel channel, String client) {
    return AdvantageServiceGrpc.newFutureStub(channel).withInterceptors(token(client));
  }

  static ClientInterceptor token(String client) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + client);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
