// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.ProductKernel;
import io.gcpo.advantage.server.diversity.kernel.SimilarityKernel;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.kernel.TemperedKernel;

/**
 * How far a composite may enlarge the rounding of what it is put together from: the largest slope
 * of its operations, one after the other. Beyond {@link #MAX} rounding would show as negative
 * eigenvalues, and the kernel be none.
 *
 * <p>A temperature t has a slope of up to 1 / t, a power its exponent, a product the sum of its
 * factors' and a weighted mean the largest of its terms'. A slope below 1 counts as 1: each
 * operation rounds its own result too.
 */
public final class RoundingGrowth {
  /** The largest growth that leaves a kernel positive semi-definite to rounding. */
  public static final double MAX = 1e6;

  private RoundingGrowth() {}

  /** Of the plan's kernel with its temperature; a calibrated one may be as small as it gets. */
  public static double of(KernelPlan plan) {
    double temperature =
        plan.calibrated() ? KernelPlan.MIN_CALIBRATED : plan.temperature().orElse(1);
    return ofTemperature(temperature) * of(plan.kernel());
  }

  private static double of(SimilarityKernel kernel) {
    if (kernel instanceof TemperedKernel tempered) {
      return ofTemperature(tempered.temperature()) * of(tempered.kernel());
    }
    if (kernel instanceof PowerKernel power) {
      return power.exponent() * of(power.kernel());
    }
    if (kernel instanceof ProductKernel product) {
      return product.factors().stream().mapToDouble(RoundingGrowth::of).sum();
    }
    if (kernel instanceof SumKernel sum) {
      return sum.terms().stream().mapToDouble(term -> of(term.kernel())).max().orElse(1);
    }
    return 1;
  }

  private static double ofTemperature(double temperature) {
    return Math.max(1, 1 / temperature);
  }
}
