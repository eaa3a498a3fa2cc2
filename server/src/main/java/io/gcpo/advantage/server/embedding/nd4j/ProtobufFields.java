// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields of one message in the protobuf wire format, one after the other, without a copy. Every
 * length is checked against the message; a message that breaks the format throws {@link
 * IllegalArgumentException}.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the format</a>
 */
final class ProtobufFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer message;
  private int number;
  private int type;
  private long value;
  private ByteBuffer bytes;

  ProtobufFields(ByteBuffer message) {
    this.message = message.slice();
    this.bytes = this.message;
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (!message.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (tag >>> 32 != 0 || number == 0) {
      throw new IllegalArgumentException("tag: %d (expected: a field)".formatted(tag));
    }
    switch (type) {
      case VARINT -> value = varint();
      case FIXED64 -> bytes = take(Long.BYTES);
      case BYTES -> bytes = take(varint());
      case FIXED32 -> bytes = take(Integer.BYTES);
      default ->
          throw new IllegalArgumentException(
              "wire type of field %d: %d (expected: 0, 1, 2 or 5)".formatted(number, type));
    }
    return true;
  }

  int number() {
    return number;
  }

  /** Whether the field is a {@link #value}, else it has {@link #bytes}. */
  boolean isValue() {
    return type == VARINT;
  }

  long value() {
    require(isValue(), "a number");
    return value;
  }

  /** Little-endian, from position 0. */
  ByteBuffer bytes() {
    require(type == BYTES, "bytes");
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  String text() {
    return java.nio.charset.StandardCharsets.UTF_8.decode(bytes()).toString();
  }

  private void require(boolean condition, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "field %d: wire type %d (expected: %s)".formatted(number, type, expected));
    }
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > message.remaining()) {
      throw new IllegalArgumentException(
          "field %d: %d bytes (expected: <= %d)".formatted(number, length, message.remaining()));
    }
    ByteBuffer taken = message.slice(message.position(), (int) length);
    message.position(message.position() + (int) length);
    return taken;
  }

  private long varint() {
    long result = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!message.hasRemaining()) {
        throw new IllegalArgumentException("number: cut off (expected: more bytes)");
      }
      byte next = message.get();
      result |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw new IllegalArgumentException("number: over 64 bits (expected: <= 10 bytes)");
  }
}
