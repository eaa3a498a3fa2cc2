// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For which GPUs a CUDA backend of ND4J has machine code. Such code runs on its own major version
 * of the compute capability from its own minor version on, and on no other (CUDA's binary
 * compatibility); the backends have no PTX, from which the driver could make more.
 *
 * <p>{@code nd4j-cuda-11.x} of 1.0.0-M2.1 has sm_37 to sm_86 in its library, which with the above
 * means 3.7 to 8.9. What a snapshot of {@code nd4j-cuda-12.x} has is its build's choice; the bounds
 * here are those of its CUDA toolkit, which are necessary and not sufficient: the self-test at
 * start decides.
 *
 * @param artifact the backend's
 * @param least the first that it runs on
 * @param greatestMajor the last major version that it runs on
 */
record BackendSupport(String artifact, ComputeCapability least, int greatestMajor) {
  private static final Pattern NAME = Pattern.compile("nd4j-cuda-([0-9]{1,3})\\.([0-9]{1,3})");

  /** Empty if {@code artifact} is not a backend for CUDA 11 or 12. */
  static Optional<BackendSupport> of(String artifact) {
    Matcher name = NAME.matcher(artifact);
    if (!name.matches()) {
      return Optional.empty();
    }
    int minor = Integer.parseInt(name.group(2));
    return switch (name.group(1)) {
      case "11" -> Optional.of(new BackendSupport(artifact, new ComputeCapability(3, 7), 8));
      // The toolkits before 12.8 end with Hopper.
      case "12" ->
          Optional.of(
              new BackendSupport(artifact, new ComputeCapability(5, 0), minor < 8 ? 9 : 12));
      default -> Optional.empty();
    };
  }

  boolean runsOn(ComputeCapability gpu) {
    return gpu.atLeast(least) && gpu.major() <= greatestMajor;
  }

  @Override
  public String toString() {
    return "%s, which runs on %s to %d.x".formatted(artifact, least, greatestMajor);
  }
}
