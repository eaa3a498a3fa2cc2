// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.OutputOptions;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/** Checks what an answer says of the kernel, and the matrix [n, n] where it was asked for. */
final class SimilarityCheck {
  private SimilarityCheck() {}

  static void check(String path, GroupAdvantages advantages, OutputOptions output) {
    Expect.finite(path + ".kernel.median_similarity", advantages.getKernel().getMedianSimilarity());
    Expect.notNegative(path + ".kernel.temperature", advantages.getKernel().getTemperature());
    String matrix = path + ".similarity_f64_le";
    Expect.presence(matrix, advantages.hasSimilarityF64Le(), output.getSimilarity());
    if (output.getSimilarity()) {
      long rollouts = advantages.getRolloutsCount();
      Expect.bytes(
          matrix, advantages.getSimilarityF64Le().size(), rollouts * rollouts * Double.BYTES);
      DoubleBuffer values =
          advantages
              .getSimilarityF64Le()
              .asReadOnlyByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asDoubleBuffer();
      while (values.hasRemaining()) {
        Expect.finite(matrix, values.get());
      }
    }
  }
}
