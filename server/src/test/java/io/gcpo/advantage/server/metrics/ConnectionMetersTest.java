// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.testing.Await;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to a real port. */
class ConnectionMetersTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final AtomicInteger ended = new AtomicInteger();
  private final Server server =
      NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, 0))
          .addTransportFilter(new ConnectionMeters(registry))
          .addTransportFilter(new EndCounter(ended))
          .build();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void client_isCountedUntilItGoes() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new InetSocketAddress(LOOPBACK, server.getPort()))
            .usePlaintext()
            .build();
    try {
      channel.getState(true);
      Await.until(() -> open() == 1);
    } finally {
      channel.shutdownNow();
    }
    Await.until(() -> open() == 0);
  }

  /** As probes and scanners of ports do. */
  @Test
  void connectionWithoutAWord_countsNeitherWhenItComesNorWhenItGoes() throws Exception {
    for (int probe = 1; probe <= 3; probe++) {
      new Socket(LOOPBACK, server.getPort()).close();
      int probes = probe;
      Await.until(() -> ended.get() == probes);
    }
    assertThat(open()).isZero();
  }

  private double open() {
    return Exposition.of(registry).sample("gcpo_open_connections");
  }

  /** Hears of every end, as gRPC tells it. */
  private static final class EndCounter extends ServerTransportFilter {
    private final AtomicInteger ended;

    EndCounter(AtomicInteger ended) {
      this.ended = ended;
    }

    @Override
    public void transportTerminated(@Nullable Attributes attributes) {
      ended.incrementAndGet();
    }
  }
}
