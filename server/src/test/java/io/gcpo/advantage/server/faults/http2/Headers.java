// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gcpo.advantage.server.testing.RawHttp2;
import java.io.ByteArrayOutputStream;

/** Header blocks in HPACK that no library would write. */
final class Headers {
  /** The first entry that a block adds to the table itself. */
  private static final int FIRST_DYNAMIC = 0x80 | 62;

  private static final int ADD_TO_TABLE = 0x40;
  private static final int LONG_VALUE = 4_000;

  private Headers() {}

  /** So many headers of a hundred bytes. */
  static byte[] many(int count) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      RawHttp2.literal(block, "x-many-" + i, "v".repeat(90));
    }
    return block.toByteArray();
  }

  /** One long header, and a byte for each further time that it is meant. */
  static byte[] bomb(int times) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(ADD_TO_TABLE);
    block.write(6);
    block.writeBytes("x-bomb".getBytes(US_ASCII));
    // 4,000 as HPACK writes numbers from 127 on.
    int rest = LONG_VALUE - 127;
    block.write(127);
    block.write(rest % 128 | 128);
    block.write(rest / 128);
    block.writeBytes("b".repeat(LONG_VALUE).getBytes(US_ASCII));
    for (int i = 0; i < times; i++) {
      block.write(FIRST_DYNAMIC);
    }
    return block.toByteArray();
  }

  /** Of a call whose messages are gzip. */
  static byte[] gzipCall(String method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(RawHttp2.headers(method));
    RawHttp2.literal(block, "grpc-encoding", "gzip");
    return block.toByteArray();
  }

  static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first);
    block.writeBytes(second);
    return block.toByteArray();
  }
}
