// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What the header says about a tensor.
 *
 * @param type of a value
 * @param shape none for a single number; each length is at least 0
 * @param begin of its first byte behind the header
 * @param end behind its last byte
 */
public record TensorInfo(TensorType type, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = ImmutableList.copyOf(shape);
  }

  /** How many bytes the type and the shape ask for; throws ArithmeticException. */
  long expectedBytes() {
    long bytes = type.bytes();
    for (long length : shape) {
      bytes = Math.multiplyExact(bytes, length);
    }
    return bytes;
  }
}
