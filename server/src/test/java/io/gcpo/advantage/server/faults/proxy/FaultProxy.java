// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A loopback port in front of another that does to the bytes what networks do: one {@link Toxic}
 * for each direction of a new connection.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int PIECE = 1 << 14;

  private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final int port;
  private volatile Toxic.Kind upstream = Toxic.none();
  private volatile Toxic.Kind downstream = Toxic.none();

  /** To a port of this machine; nothing happens to the bytes yet. */
  public FaultProxy(int port) throws IOException {
    this.port = port;
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Bytes from clients that were read, whether or not they were handed on. */
  public long sent() {
    return sent.get();
  }

  /** Bytes from the server that were read, whether or not they were handed on. */
  public long received() {
    return received.get();
  }

  /** What connections from now on suffer, from the client and to the client. */
  public void set(Toxic.Kind fromClient, Toxic.Kind toClient) {
    upstream = fromClient;
    downstream = toClient;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        Toxic up = upstream.fresh();
        Toxic down = downstream.fresh();
        threads.execute(() -> copy(client, server, up, sent));
        threads.execute(() -> copy(server, client, down, received));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void copy(Socket from, Socket to, Toxic toxic, AtomicLong count) {
    byte[] piece = new byte[PIECE];
    try {
      OutputStream out = to.getOutputStream();
      for (int n = from.getInputStream().read(piece); n >= 0; ) {
        count.addAndGet(n);
        toxic.pass(piece, n, out);
        n = from.getInputStream().read(piece);
      }
      toxic.end();
    } catch (IOException over) {
      // Broken off by the toxic, or by one of the two: so both are.
    } finally {
      end(from, toxic.resets());
      end(to, toxic.resets());
    }
  }

  private void end(Socket socket, boolean reset) {
    open.remove(socket);
    try {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException gone) {
      // It was closed before.
    }
  }
}
