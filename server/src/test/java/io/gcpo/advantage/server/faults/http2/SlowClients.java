// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static io.gcpo.advantage.server.testing.RawHttp2.frame;

import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Clients that take their time, many of them side by side on one thread that writes. */
enum SlowClients {
  /** Connect and say nothing. */
  SILENT {
    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      return HostileConnection.silent(port, tally);
    }
  },
  /** Say hello and nothing more. */
  PREFACE_ONLY {
    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      return HostileConnection.open(port, tally, NOTHING);
    }
  },
  /** A header block byte by byte. */
  TRICKLED_HEADERS {
    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      HostileConnection connection = HostileConnection.open(port, tally, NOTHING);
      connection.send(frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers(METHOD)));
      return connection;
    }

    @Override
    byte[] more() {
      return frame(RawHttp2.CONTINUATION, 0, 1, NOTHING);
    }
  },
  /** A message byte by byte. */
  TRICKLED_BODY {
    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      HostileConnection connection = HostileConnection.open(port, tally, NOTHING);
      connection.send(frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.headers(METHOD)));
      connection.send(frame(RawHttp2.DATA, 0, 1, length(1_000)));
      return connection;
    }

    @Override
    byte[] more() {
      return frame(RawHttp2.DATA, 0, 1, new byte[1]);
    }
  },
  /** Ask, and take no byte of the answer. */
  UNREAD_ANSWER {
    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      HostileConnection connection = HostileConnection.open(port, tally, NO_WINDOW);
      connection.send(
          frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.headers(INFO_METHOD)));
      connection.send(frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, length(0)));
      return connection;
    }
  };

  private static final String METHOD =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();
  private static final String INFO_METHOD =
      io.gcpo.advantage.v1.InfoServiceGrpc.getGetServerInfoMethod().getFullMethodName();
  private static final byte[] NOTHING = new byte[0];

  /** SETTINGS_INITIAL_WINDOW_SIZE, 4: no byte. */
  private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

  private static final long BEAT_NANOS = 200_000_000;

  abstract HostileConnection connect(int port, AttackTally tally) throws IOException;

  /** What each says in each beat. */
  byte[] more() {
    return NOTHING;
  }

  /**
   * So many clients at one time, until {@code patience} is over or the server has ended each, by
   * closing its connection or, where {@code endedCalls} counts, its call.
   */
  void run(int port, AttackTally tally, int clients, long patienceNanos) throws IOException {
    long end = System.nanoTime() + patienceNanos;
    List<HostileConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i++) {
        connections.add(connect(port, tally));
      }
      while (System.nanoTime() < end && ended(tally) < clients) {
        byte[] more = more();
        if (more.length > 0) {
          connections.forEach(connection -> connection.send(more));
        }
        LockSupport.parkNanos(BEAT_NANOS);
      }
    } finally {
      for (HostileConnection connection : connections) {
        connection.close();
      }
      tally.threadEnds();
    }
  }

  /** How many the server has ended: connections that it closed or tells so, calls, or resets. */
  static long ended(AttackTally tally) {
    long connections = Math.max(tally.closedConnections(), tally.told("GOAWAY 0", "GOAWAY 11"));
    return Math.max(connections, tally.told("trailers", "RST 8"));
  }

  private static byte[] length(int bytes) {
    return ByteBuffer.allocate(5).put((byte) 0).putInt(bytes).array();
  }
}
