// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import io.gcpo.advantage.server.testing.RawHttp2;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection of an attacker: the thread that made it writes, another reads what the server says
 * and counts it.
 */
final class HostileConnection implements AutoCloseable {
  private static final int GREETING_SECONDS = 30;

  private final Socket socket;
  private final AttackTally tally;
  private final Thread reader;
  private final CountDownLatch greeted = new CountDownLatch(1);
  private volatile boolean over;
  private volatile boolean goneByItself;

  private HostileConnection(Socket socket, AttackTally tally) {
    this.socket = socket;
    this.tally = tally;
    this.reader = new Thread(this::read, "attacker-reads");
  }

  /** Connects and sends nothing. */
  static HostileConnection silent(int port, AttackTally tally) throws IOException {
    HostileConnection connection =
        new HostileConnection(new Socket(InetAddress.getLoopbackAddress(), port), tally);
    tally.connected();
    connection.reader.setDaemon(true);
    connection.reader.start();
    return connection;
  }

  /** As {@link #open}, and acknowledges what the server says: its windows are open then. */
  static HostileConnection greeted(int port, AttackTally tally) throws IOException {
    HostileConnection connection = open(port, tally, new byte[0]);
    try {
      if (connection.greeted.await(GREETING_SECONDS, TimeUnit.SECONDS)) {
        connection.send(RawHttp2.frame(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return connection;
  }

  /** Connects and says hello, with settings as SETTINGS frames have them. */
  static HostileConnection open(int port, AttackTally tally, byte[] settings) throws IOException {
    HostileConnection connection = silent(port, tally);
    connection.send(RawHttp2.PREFACE.toByteArray());
    connection.send(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, settings));
    return connection;
  }

  /** Writes; false once the server has closed the connection. */
  boolean send(byte[] bytes) {
    if (over) {
      return false;
    }
    try {
      socket.getOutputStream().write(bytes);
      tally.sent(bytes.length);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Whether the server has closed it. */
  boolean isOver() {
    return over;
  }

  @Override
  public void close() throws IOException {
    goneByItself = !over;
    socket.close();
    try {
      reader.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        note(type, flags, in.readNBytes(length));
      }
    } catch (IOException closed) {
      over = true;
      if (!goneByItself) {
        tally.closed();
      }
    } finally {
      tally.threadEnds();
    }
  }

  private void note(int type, int flags, byte[] payload) {
    if (type == RawHttp2.SETTINGS) {
      greeted.countDown();
    } else if (type == RawHttp2.GOAWAY) {
      tally.told("GOAWAY " + ByteBuffer.wrap(payload).getInt(4));
    } else if (type == RawHttp2.RST_STREAM) {
      tally.told("RST " + ByteBuffer.wrap(payload).getInt(0));
    } else if (type == RawHttp2.HEADERS && (flags & RawHttp2.END_STREAM) != 0) {
      tally.told("trailers");
    }
  }
}
