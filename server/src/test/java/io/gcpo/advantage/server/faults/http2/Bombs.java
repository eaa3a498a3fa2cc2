// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A little gzip that is a lot of bytes. */
final class Bombs {
  private static final int SIZE = 60 << 20;
  private static final int FRAME = 16_384;
  private static final byte[] PLAIN = gzip(new byte[SIZE]);

  /** Whole, in two layers, and cut off. */
  static final List<byte[]> ALL =
      List.of(PLAIN, gzip(PLAIN), Arrays.copyOf(PLAIN, PLAIN.length / 2));

  private Bombs() {}

  /** As DATA frames hold it. */
  static List<byte[]> parts(byte[] bomb) {
    List<byte[]> parts = new ArrayList<>();
    for (int from = 0; from < bomb.length; from += FRAME) {
      parts.add(Arrays.copyOfRange(bomb, from, Math.min(bomb.length, from + FRAME)));
    }
    return parts;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return out.toByteArray();
  }
}
