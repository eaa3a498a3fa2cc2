// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.ModelDirectory;

/**
 * The way to the ND4J engine, whose library is not in every distribution. Knows nothing of the
 * library itself, so that it can be asked where the library is missing.
 */
public final class Nd4jEngine {
  private Nd4jEngine() {}

  /**
   * Loads {@code model}; each batch is computed by {@code threads} threads, a number that the whole
   * process shares. Throws {@link io.gcpo.advantage.server.embedding.InvalidModelException}, or
   * {@link IllegalStateException} if the library is missing.
   */
  public static EncoderFactory open(ModelDirectory model, int threads) {
    requireLibrary(Nd4jEngine.class.getClassLoader());
    return Nd4jEncoderFactory.open(model, threads);
  }

  static void requireLibrary(ClassLoader loader) {
    try {
      Class.forName("org.nd4j.linalg.cpu.nativecpu.CpuBackend", false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "embedding.engine: nd4j (expected: onnxruntime, since this distribution has no ND4J; a"
              + " build with -Pnd4j has it)",
          e);
    }
  }
}
