// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy does what its toxics are called. */
@Timeout(60)
class FaultProxyTest {
  private static final byte[] MESSAGE = new byte[1_000];

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    proxy = new FaultProxy(server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void none_handsOnBothWaysAndCounts() throws Exception {
    try (Socket client = client();
        Socket peer = server.accept()) {
      client.getOutputStream().write(MESSAGE);
      assertThat(peer.getInputStream().readNBytes(1_000)).hasSize(1_000);
      peer.getOutputStream().write(MESSAGE, 0, 10);
      assertThat(client.getInputStream().readNBytes(10)).hasSize(10);

      assertThat(proxy.sent()).isEqualTo(1_000);
      assertThat(proxy.received()).isEqualTo(10);
    }
  }

  @Test
  void latency_delays() throws Exception {
    assertThat(nanosOf(Toxic.latency(Duration.ofMillis(80), Duration.ZERO)))
        .isGreaterThanOrEqualTo(80_000_000);
  }

  @Test
  void bandwidth_delaysByLength() throws Exception {
    assertThat(nanosOf(Toxic.bandwidth(10_000))).isGreaterThanOrEqualTo(100_000_000);
  }

  @Test
  void slicer_handsOnAllOfIt() throws Exception {
    assertThat(nanosOf(Toxic.slicer(100, Duration.ofMillis(5)))).isGreaterThanOrEqualTo(45_000_000);
  }

  @Test
  void slowClose_keepsTheEndBack() throws Exception {
    proxy.set(Toxic.slowClose(Duration.ofMillis(80)), Toxic.none());
    try (Socket client = client();
        Socket peer = server.accept()) {
      long begin = System.nanoTime();
      client.shutdownOutput();
      assertThat(peer.getInputStream().read()).isNegative();
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(80_000_000);
    }
  }

  @Test
  void timeout_saysNothingAndStaysOpen() throws Exception {
    proxy.set(Toxic.timeout(100), Toxic.none());
    try (Socket client = client();
        Socket peer = server.accept()) {
      client.getOutputStream().write(MESSAGE);
      assertThat(peer.getInputStream().readNBytes(100)).hasSize(100);
      peer.setSoTimeout(100);
      assertThatThrownBy(() -> peer.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void limitData_closes() throws Exception {
    proxy.set(Toxic.limitData(100), Toxic.none());
    try (Socket client = client();
        Socket peer = server.accept()) {
      client.getOutputStream().write(MESSAGE);
      assertThat(peer.getInputStream().readAllBytes()).hasSize(100);
    }
  }

  @Test
  void resetPeer_resets() throws Exception {
    proxy.set(Toxic.resetPeer(0), Toxic.none());
    try (Socket client = client();
        Socket peer = server.accept()) {
      client.getOutputStream().write(MESSAGE);
      assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  private long nanosOf(Toxic.Kind kind) throws Exception {
    proxy.set(kind, Toxic.none());
    try (Socket client = client();
        Socket peer = server.accept()) {
      long begin = System.nanoTime();
      client.getOutputStream().write(MESSAGE);
      assertThat(peer.getInputStream().readNBytes(1_000)).hasSize(1_000);
      return System.nanoTime() - begin;
    }
  }

  private Socket client() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }
}
