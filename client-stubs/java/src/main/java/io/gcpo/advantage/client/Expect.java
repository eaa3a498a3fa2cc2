// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Expectations of an answer; each refusal names the path, the value and what was expected. */
final class Expect {
  private Expect() {}

  static void equal(String path, String value, String expected) {
    if (!value.equals(expected)) {
      throw new InvalidAnswerException(path, "\"" + value + "\"", "\"" + expected + "\"");
    }
  }

  static void length(String path, int length, int expected) {
    if (length != expected) {
      throw new InvalidAnswerException(path, "length " + length, "length " + expected);
    }
  }

  static void bytes(String path, long bytes, long expected) {
    if (bytes != expected) {
      throw new InvalidAnswerException(path, bytes + " bytes", expected + " bytes");
    }
  }

  static void digest(String path, ByteString digest, ByteString expected) {
    if (!digest.equals(expected)) {
      throw new InvalidAnswerException(path, hex(digest), hex(expected));
    }
  }

  static void presence(String path, boolean present, boolean expected) {
    if (present != expected) {
      throw new InvalidAnswerException(path, presence(present), presence(expected));
    }
  }

  static void finite(String path, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidAnswerException(path, value, "finite");
    }
  }

  static void notNegative(String path, double value) {
    if (!(Double.isFinite(value) && value >= 0)) {
      throw new InvalidAnswerException(path, value, "finite, >= 0");
    }
  }

  static void positive(String path, double value) {
    if (!(Double.isFinite(value) && value > 0)) {
      throw new InvalidAnswerException(path, value, "finite, > 0");
    }
  }

  /** Positions are unsigned on the wire. */
  static void position(String path, int position, int n) {
    if (Integer.compareUnsigned(position, n) >= 0) {
      throw new InvalidAnswerException(path, Integer.toUnsignedString(position), "below " + n);
    }
  }

  private static String hex(ByteString digest) {
    return digest.isEmpty() ? "absent" : HexFormat.of().formatHex(digest.toByteArray());
  }

  private static String presence(boolean present) {
    return present ? "present" : "absent";
  }
}
