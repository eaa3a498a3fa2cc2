// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.Optional;

/** The GPUs of this machine. */
@FunctionalInterface
interface GpuCapabilities {
  /** Of the GPU that CUDA calls {@code cudaIndex}; empty if there is none, or nobody can tell. */
  Optional<ComputeCapability> of(int cudaIndex);
}
