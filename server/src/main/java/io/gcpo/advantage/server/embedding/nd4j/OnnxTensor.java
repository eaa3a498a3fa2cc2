// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An initialiser of float32, row-major ({@code TensorProto} of onnx.proto).
 *
 * @param shape of which the product is the number of values
 * @param raw the values, little-endian, in the file's own memory
 */
record OnnxTensor(List<Long> shape, ByteBuffer raw) {
  private static final int DIMENSIONS = 1;
  private static final int DATA_TYPE = 2;
  private static final int FLOAT_DATA = 4;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;
  private static final int DATA_LOCATION = 14;
  private static final long FLOAT = 1;

  OnnxTensor {
    shape = List.copyOf(shape);
    long values = 1;
    for (long size : shape) {
      values = size >= 0 && size <= Integer.MAX_VALUE ? values * size : -1;
      if (values < 0 || values > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("shape: %s (expected: < 2^31 values)".formatted(shape));
      }
    }
    if (raw.remaining() != values * Float.BYTES) {
      throw new IllegalArgumentException(
          "%d bytes (expected: %d for shape %s)"
              .formatted(raw.remaining(), values * Float.BYTES, shape));
    }
  }

  /** The tensor's name. */
  static String name(ByteBuffer message) {
    ProtobufFields fields = new ProtobufFields(message);
    String name = "";
    while (fields.next()) {
      if (fields.number() == NAME) {
        name = fields.text();
      }
    }
    return name;
  }

  /** The tensor, which must be float32 and lie in the file itself. */
  static OnnxTensor read(ByteBuffer message) {
    ProtobufFields fields = new ProtobufFields(message);
    List<Long> shape = new ArrayList<>();
    ByteBuffer data = ByteBuffer.allocate(0);
    while (fields.next()) {
      switch (fields.number()) {
        case DIMENSIONS -> shape.add(fields.value());
        case DATA_TYPE -> require("data_type", fields.value(), FLOAT);
        case FLOAT_DATA, RAW_DATA -> data = fields.bytes();
        case DATA_LOCATION -> require("data_location", fields.value(), 0);
        default -> {}
      }
    }
    return new OnnxTensor(shape, data);
  }

  /** A copy of the values; throws {@link IllegalArgumentException} if one is not finite. */
  float[] values() {
    float[] values = new float[raw.remaining() / Float.BYTES];
    raw.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value %d: %s (expected: finite)".formatted(i, values[i]));
      }
    }
    return values;
  }

  private static void require(String name, long value, long expected) {
    if (value != expected) {
      throw new IllegalArgumentException("%s: %d (expected: %d)".formatted(name, value, expected));
    }
  }
}
