// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A loopback port in front of another that counts what clients send through it. */
public final class CountingRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong sent = new AtomicLong();
  private final int port;

  /** To a port of this machine. */
  public CountingRelay(int port) throws IOException {
    this.port = port;
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Bytes from clients that the other port has been given. */
  public long sent() {
    return sent.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        threads.execute(() -> copy(client, server, sent));
        threads.execute(() -> copy(server, client, new AtomicLong()));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private static void copy(Socket from, Socket to, AtomicLong count) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        count.addAndGet(n);
      }
    } catch (IOException closed) {
      // One side has gone; so has the other now.
    }
  }
}
