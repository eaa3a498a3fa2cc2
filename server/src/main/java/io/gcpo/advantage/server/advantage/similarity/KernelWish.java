// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a request says of its kernel.
 *
 * @param form absent: the default
 * @param temperature in the range of {@link KernelParameters#TEMPERATURE}; absent: the kernel's own
 * @param calibration absent: the kernel's own; not {@link KernelCalibration#GROUP_MEDIAN} with a
 *     temperature
 */
public record KernelWish(
    Optional<KernelForm> form,
    OptionalDouble temperature,
    Optional<KernelCalibration> calibration) {
  /** Says nothing. */
  public static final KernelWish NOTHING =
      new KernelWish(Optional.empty(), OptionalDouble.empty(), Optional.empty());

  /**
   * The kernel of a group.
   *
   * @param texts whether every rollout of the group brings a text
   */
  public KernelChoice decide(AdvantageEstimator estimator, boolean texts) {
    KernelForm chosen =
        form.orElseGet(() -> new KernelForm.Named(DefaultKernels.of(estimator, texts)));
    return new KernelChoice(chosen, scaled(chosen.plan()));
  }

  private KernelPlan scaled(KernelPlan own) {
    if (temperature.isPresent()) {
      return own.withTemperature(temperature.getAsDouble());
    }
    return calibration
        .map(
            wish ->
                wish == KernelCalibration.GROUP_MEDIAN
                    ? own.withCalibration()
                    : new KernelPlan(own.kernel(), own.temperature(), false))
        .orElse(own);
  }
}
