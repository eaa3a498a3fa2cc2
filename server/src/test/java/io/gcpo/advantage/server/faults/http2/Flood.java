// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static io.gcpo.advantage.server.testing.RawHttp2.frame;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Frames that cost little to send, again and again. {@code ends} are those of which the server must
 * have told at least one; with none, it may bear the flood if it costs it little.
 */
enum Flood {
  /** CVE-2023-44487. */
  RAPID_RESET(30, "GOAWAY 11") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(headers(stream(n)));
      out.writeBytes(frame(RawHttp2.RST_STREAM, 0, stream(n), number(RawHttp2.CANCEL)));
    }
  },
  /** The server is made to reset, CVE-2025-55163. */
  MADE_YOU_RESET(30, "GOAWAY 11") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(headers(stream(n)));
      out.writeBytes(frame(RawHttp2.WINDOW_UPDATE, 0, stream(n), number(0)));
    }
  },
  /** More calls than SETTINGS allow, which are never acknowledged: CVE-2026-47244. */
  CALLS_BEFORE_SETTINGS(30, "GOAWAY 11") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(headers(stream(n)));
    }

    @Override
    HostileConnection connect(int port, AttackTally tally) throws IOException {
      return HostileConnection.open(port, tally, NOTHING);
    }
  },
  /** CVE-2026-33871. */
  EMPTY_CONTINUATION(30, "GOAWAY 11") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      if (n == 0) {
        out.writeBytes(frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers(METHOD)));
      }
      out.writeBytes(frame(RawHttp2.CONTINUATION, 0, 1, NOTHING));
    }
  },
  /** A header block without end. */
  LARGE_CONTINUATION(4, "GOAWAY 1", "GOAWAY 11", "RST 1", "RST 11", "trailers") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      if (n == 0) {
        out.writeBytes(frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers(METHOD)));
      }
      out.writeBytes(frame(RawHttp2.CONTINUATION, 0, 1, Headers.many(100)));
    }
  },
  PING(100, "GOAWAY 11") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(frame(RawHttp2.PING, 0, 0, new byte[8]));
    }
  },
  SETTINGS(100) {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(frame(RawHttp2.SETTINGS, 0, 0, NOTHING));
    }
  },
  PRIORITY(100) {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(frame(RawHttp2.PRIORITY, 0, stream(n), new byte[5]));
    }
  },
  WINDOW_UPDATE(100) {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(frame(RawHttp2.WINDOW_UPDATE, 0, 0, number(1)));
    }
  },
  /** gRPC bounds these by nothing but the time that a message has to come. */
  EMPTY_DATA(100) {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      if (n == 0) {
        out.writeBytes(headers(1));
      }
      out.writeBytes(frame(RawHttp2.DATA, 0, 1, NOTHING));
    }

    @Override
    int repetitions() {
      return 20_000;
    }
  },
  /** A large message byte by byte, as many as the window lets; then a new connection. */
  ONE_BYTE_DATA(100) {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      if (n == 0) {
        out.writeBytes(headers(1));
        out.writeBytes(frame(RawHttp2.DATA, 0, 1, message(0, MIB)));
      }
      out.writeBytes(frame(RawHttp2.DATA, 0, 1, new byte[1]));
    }

    @Override
    int repetitions() {
      return 500_000;
    }
  },
  /** A length of 2^31 - 1. */
  HUGE_LENGTH(30, "trailers", "GOAWAY 1") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(headers(stream(n)));
      out.writeBytes(frame(RawHttp2.DATA, 0, stream(n), message(0, Integer.MAX_VALUE)));
    }
  },
  NEGATIVE_LENGTH(30, "trailers", "GOAWAY 1") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      out.writeBytes(headers(stream(n)));
      out.writeBytes(frame(RawHttp2.DATA, 0, stream(n), message(0, -1)));
    }
  },
  MANY_HEADERS(4, "trailers", "RST 11", "RST 1", "GOAWAY 11", "GOAWAY 1") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      byte[] block = Headers.joined(RawHttp2.headers(METHOD), Headers.many(150));
      out.writeBytes(frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream(n), block));
    }
  },
  /** 16 KB that stand for 50 MB of headers. */
  HEADER_BOMB(1, "trailers", "RST 11", "RST 1", "GOAWAY 11", "GOAWAY 1") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      byte[] block = Headers.joined(RawHttp2.headers(METHOD), Headers.bomb(12_000));
      out.writeBytes(frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream(n), block));
    }
  },
  /** 59 KiB that stand for 60 MiB, of one layer or two, whole or cut off. */
  GZIP(1, "trailers") {
    @Override
    void add(ByteArrayOutputStream out, int n) {
      byte[] bomb = Bombs.ALL.get(n % Bombs.ALL.size());
      out.writeBytes(
          frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream(n), Headers.gzipCall(METHOD)));
      out.writeBytes(frame(RawHttp2.DATA, 0, stream(n), message(1, bomb.length)));
      for (byte[] part : Bombs.parts(bomb)) {
        out.writeBytes(frame(RawHttp2.DATA, 0, stream(n), part));
      }
    }

    @Override
    int repetitions() {
      // As much as a connection's window lets without looking at what comes back.
      return 12;
    }
  };

  private static final String METHOD =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();
  private static final byte[] NOTHING = new byte[0];
  private static final int MIB = 1 << 20;

  private final int perBurst;
  private final ImmutableList<String> ends;

  Flood(int perBurst, String... ends) {
    this.perBurst = perBurst;
    this.ends = ImmutableList.copyOf(ends);
  }

  /** The n-th attack of a connection, from 0. */
  abstract void add(ByteArrayOutputStream out, int n);

  HostileConnection connect(int port, AttackTally tally) throws IOException {
    return HostileConnection.greeted(port, tally);
  }

  /** After which the attacker makes a new connection. */
  int repetitions() {
    return 200_000;
  }

  List<String> ends() {
    return ends;
  }

  /** Sends on one connection after the other until the time is over. */
  void run(int port, AttackTally tally, long end) {
    try {
      while (System.nanoTime() < end) {
        try (HostileConnection connection = connect(port, tally)) {
          int n = 0;
          while (n < repetitions() && System.nanoTime() < end && connection.send(burst(n))) {
            n += perBurst;
          }
          awaitEnd(connection, tally);
        }
      }
    } catch (IOException refused) {
      tally.told("refused");
    } finally {
      tally.threadEnds();
    }
  }

  /** What was sent last is read some time after it was sent. */
  private void awaitEnd(HostileConnection connection, AttackTally tally) {
    if (!ends.isEmpty()) {
      Await.until(() -> connection.isOver() || ends.stream().anyMatch(tally.ends()::containsKey));
    }
  }

  private byte[] burst(int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int n = from; n < from + perBurst; n++) {
      add(out, n);
    }
    return out.toByteArray();
  }

  private static byte[] headers(int stream) {
    return frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.headers(METHOD));
  }

  private static int stream(int n) {
    return 2 * n + 1;
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** What stands before a gRPC message. */
  private static byte[] message(int compressed, int length) {
    return ByteBuffer.allocate(5).put((byte) compressed).putInt(length).array();
  }
}
