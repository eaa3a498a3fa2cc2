// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Callers with connections of their own: one that dawdles, one that dies. */
final class RawCallers {
  private static final String METHOD =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();
  private static final int PIECES = 10;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PREFIX_BYTES = 5;

  private final int port;
  private final Tally tally;

  RawCallers(int port, Tally tally) {
    this.port = port;
    this.tally = tally;
  }

  /** Sends its message over a second, and reads the answer. */
  void slow(Question question) throws IOException {
    byte[] message = question.request().toByteArray();
    try (RawHttp2 connection = new RawHttp2(port)) {
      connection.open(1, METHOD);
      connection.startMessage(1, message.length);
      for (int piece = 0; piece < PIECES; piece++) {
        LockSupport.parkNanos(PAUSE.toNanos());
        byte[] part =
            Arrays.copyOfRange(
                message, message.length * piece / PIECES, message.length * (piece + 1) / PIECES);
        boolean last = piece == PIECES - 1;
        connection.send(RawHttp2.DATA, last ? RawHttp2.END_STREAM : 0, 1, part);
      }
      RawHttp2.Frame answer = connection.await(RawHttp2.DATA);
      tally.answered(
          Scenario.SLOW,
          question,
          ComputeAdvantagesResponse.parseFrom(answer.payload().substring(PREFIX_BYTES)));
    }
  }

  /** Dies while it sends, or while the server works for it. */
  void crash(Question question, SplittableRandom random) throws IOException {
    byte[] message = question.request().toByteArray();
    RawHttp2 connection = new RawHttp2(port);
    connection.open(1, METHOD);
    connection.startMessage(1, message.length);
    boolean whole = random.nextBoolean();
    int sent = whole ? message.length : random.nextInt(message.length);
    connection.send(
        RawHttp2.DATA, whole ? RawHttp2.END_STREAM : 0, 1, Arrays.copyOf(message, sent));
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
    connection.crash();
    tally.left(Scenario.CRASH);
  }
}
