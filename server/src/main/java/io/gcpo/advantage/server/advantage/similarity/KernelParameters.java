// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import java.util.List;

/** The knobs of similarity, the same for every estimator. */
public final class KernelParameters {
  /** The kernel by its name. */
  public static final Parameter.Choice<NamedKernel> KERNEL =
      new Parameter.Choice<>(
          "kernel",
          "How similar two rollouts are. Left out: the estimator's own where it has one; else general"
              + " where every rollout brings a text or a kernel_text, and embedding_only where not.",
          DefaultKernels.WITH_TEXTS,
          NamedKernel.class,
          List.of(NamedKernel.values()));

  /** Has no default: where it is left out, the kernel's own holds, which may be none. */
  public static final Parameter.Real TEMPERATURE =
      new Parameter.Real(
          "kernel_temperature",
          "Similarities K become exp(-(1 - K) / t). Left out: the kernel's own, or none.",
          1.0,
          1e-3,
          false,
          1000);

  /** Where the temperature comes from. */
  public static final Parameter.Choice<KernelCalibration> CALIBRATION =
      new Parameter.Choice<>(
          "kernel_calibration",
          "Takes the temperature from the group; not together with kernel_temperature.",
          KernelCalibration.NONE,
          KernelCalibration.class,
          List.of(KernelCalibration.values()));

  private KernelParameters() {}

  /** All of them. */
  public static List<Parameter<?>> all() {
    return List.of(KERNEL, TEMPERATURE, CALIBRATION);
  }
}
