// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Matrices as the wire has them: float64 little-endian, row-major. */
final class MatrixBytes {
  private MatrixBytes() {}

  /** The n * n values of a matrix. */
  static ByteString of(SymmetricMatrix matrix) {
    int size = matrix.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(size * size * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        bytes.putDouble(matrix.get(row, column));
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }

  /** The values in {@code bytes}, whose number is a multiple of 8. */
  static double[] values(ByteString bytes) {
    double[] values = new double[bytes.size() / Double.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
