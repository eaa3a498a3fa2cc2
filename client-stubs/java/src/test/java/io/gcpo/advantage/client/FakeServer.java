// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The fake services over a real connection: in-process channels know no sizes and no resets. */
final class FakeServer implements AutoCloseable {
  final FakeService service = new FakeService();
  final FakeInfoService info = new FakeInfoService();

  /** Of every call. */
  final Queue<Metadata> headers = new ConcurrentLinkedQueue<>();

  /** The other ends of the connections that brought calls. */
  final Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();

  private final ServerCredentials credentials;
  private final int port;
  private Server server;

  FakeServer() throws IOException {
    this(InsecureServerCredentials.create());
  }

  FakeServer(ServerCredentials credentials) throws IOException {
    this.credentials = credentials;
    this.server = start(0);
    this.port = server.getPort();
  }

  int port() {
    return port;
  }

  String target() {
    return "localhost:" + port();
  }

  AdvantageClientOptions.Builder options() {
    return AdvantageClientOptions.builder(target());
  }

  /** Breaks all connections and calls. */
  void kill() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** After {@link #kill}, on the same port. */
  void restart() throws IOException {
    server = start(port);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private Server start(int port) throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
        .maxInboundMessageSize(64 << 20)
        .addService(service)
        .addService(info)
        .intercept(new Headers())
        .build()
        .start();
  }

  private final class Headers implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata received, ServerCallHandler<Q, A> next) {
      headers.add(received);
      peers.add(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
      return next.startCall(call, received);
    }
  }
}
