// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes through, and then ends what it can in one of three ways. */
final class Limit implements Toxic {
  private final Then then;
  private long left;

  enum Then {
    SILENCE,
    RESET,
    CLOSE
  }

  Limit(long bytes, Then then) {
    this.left = bytes;
    this.then = then;
  }

  @Override
  public void pass(byte[] bytes, int length, OutputStream out) throws IOException {
    int passed = (int) Math.min(left, length);
    left -= passed;
    out.write(bytes, 0, passed);
    if (passed < length && then != Then.SILENCE) {
      throw new EOFException("the limit is reached");
    }
  }

  @Override
  public boolean resets() {
    return then == Then.RESET;
  }
}
