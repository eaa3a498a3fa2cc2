// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of ND4J is on a class path, told without loading any of it. */
final class Nd4jLibrary {
  private static final String CPU_NATIVES =
      "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64/libjnind4jcpu.so";
  private static final String CUDA_NATIVES =
      "org/nd4j/linalg/jcublas/bindings/linux-x86_64/libjnind4jcuda.so";

  private final ClassLoader loader;

  Nd4jLibrary(ClassLoader loader) {
    this.loader = loader;
  }

  /** Its own classes. */
  boolean isPresent() {
    return has("org/nd4j/linalg/factory/Nd4j.class");
  }

  /** The backend for the processor, natives included. */
  boolean hasCpu() {
    return has("org/nd4j/linalg/cpu/nativecpu/CpuBackend.class") && has(CPU_NATIVES);
  }

  /** A backend for GPUs, natives included or not. */
  boolean hasCuda() {
    return has("org/nd4j/linalg/jcublas/JCublasBackend.class");
  }

  /** The natives of the backend for GPUs. */
  boolean hasCudaNatives() {
    return has(CUDA_NATIVES);
  }

  /** The backend for GPUs, by the name that Maven left in its jar. */
  Optional<BackendSupport> cuda() {
    return Stream.of(11, 12)
        .flatMap(
            major -> IntStream.range(0, 10).mapToObj(minor -> "nd4j-cuda-" + major + "." + minor))
        .filter(artifact -> has("META-INF/maven/org.nd4j/" + artifact + "/pom.properties"))
        .findFirst()
        .flatMap(BackendSupport::of);
  }

  private boolean has(String resource) {
    return loader.getResource(resource) != null;
  }
}
