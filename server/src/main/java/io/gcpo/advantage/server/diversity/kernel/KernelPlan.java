// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A kernel and the temperature that its similarities are scaled by, see {@link TemperedKernel}.
 *
 * @param kernel K, before the temperature
 * @param temperature t, in [1e-3, 1e3]; absent where none is applied, or where it is calibrated
 * @param calibrated whether t is taken from the group: such that its median similarity becomes 1/2
 */
public record KernelPlan(SimilarityKernel kernel, OptionalDouble temperature, boolean calibrated) {
  /** The least that is calibrated: below it the rounding of near duplicates would show. */
  public static final double MIN_CALIBRATED = 0.01;

  /**
   * Throws {@link IllegalArgumentException} if the temperature is out of range, or both given and
   * calibrated.
   */
  public KernelPlan {
    temperature.ifPresent(TemperedKernel::checkTemperature);
    if (calibrated && temperature.isPresent()) {
      throw new IllegalArgumentException(
          "temperature: " + temperature.getAsDouble() + " (expected: absent, as it is calibrated)");
    }
  }

  /** The similarities of a kernel as they are. */
  public static KernelPlan of(SimilarityKernel kernel) {
    return new KernelPlan(kernel, OptionalDouble.empty(), false);
  }

  /** The same kernel with this temperature in place of the plan's own. */
  public KernelPlan withTemperature(double value) {
    return new KernelPlan(kernel, OptionalDouble.of(value), false);
  }

  /** The same kernel with a temperature taken from each group in place of the plan's own. */
  public KernelPlan withCalibration() {
    return new KernelPlan(kernel, OptionalDouble.empty(), true);
  }

  /**
   * How similar the rollouts are.
   *
   * <p>The median is over the pairs of correct rollouts, and over all pairs of the group where
   * fewer than two are correct. A calibrated temperature is {@code max(0.01, (1 - median) / ln 2)};
   * without any pair there is none.
   *
   * @param rollouts the group, and behind it whatever else is compared with it, such as a golden
   *     answer
   * @param groupSize how many of the rollouts, from the first, are the group
   * @param correct positions of the correct rollouts, each once
   * @throws IllegalStateException if the rollouts lack one of the kernel's inputs
   */
  public Similarity apply(ComparedRollouts rollouts, int groupSize, int... correct) {
    SymmetricMatrix matrix = kernel.of(rollouts);
    int[] reference = correct.length < 2 ? IntStream.range(0, groupSize).toArray() : correct;
    PairSimilarities pairs = PairSimilarities.of(matrix, reference);
    OptionalDouble scale = calibrated ? calibrate(pairs.median()) : temperature;
    return new Similarity(
        scale.isPresent() ? TemperedKernel.temper(matrix, scale.getAsDouble()) : matrix,
        pairs.median(),
        pairs.mean(),
        scale);
  }

  private static OptionalDouble calibrate(OptionalDouble median) {
    return median.isEmpty()
        ? median
        : OptionalDouble.of(
            Math.max(MIN_CALIBRATED, (1 - median.getAsDouble()) / StrictMath.log(2)));
  }
}
