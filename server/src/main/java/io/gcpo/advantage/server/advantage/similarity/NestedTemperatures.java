// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.ProductKernel;
import io.gcpo.advantage.server.diversity.kernel.SimilarityKernel;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.kernel.TemperedKernel;
import java.util.stream.Stream;

/**
 * How far temperatures inside one another enlarge rounding: each multiplies it by up to 1 / t, and
 * below a product of 1e-6 it would show as negative eigenvalues.
 */
public final class NestedTemperatures {
  /** The smallest product that leaves a kernel positive semi-definite to rounding. */
  public static final double MIN_PRODUCT = 1e-6;

  /** What a calibrated temperature is at least. */
  private static final double MIN_CALIBRATED = 0.01;

  private NestedTemperatures() {}

  /** The smallest product of temperatures on the way from the plan's own to a leaf; 1 for none. */
  public static double product(KernelPlan plan) {
    double own = plan.calibrated() ? MIN_CALIBRATED : plan.temperature().orElse(1);
    return own * product(plan.kernel());
  }

  private static double product(SimilarityKernel kernel) {
    if (kernel instanceof TemperedKernel tempered) {
      return tempered.temperature() * product(tempered.kernel());
    }
    if (kernel instanceof PowerKernel power) {
      return product(power.kernel());
    }
    if (kernel instanceof ProductKernel product) {
      return smallest(product.factors().stream());
    }
    if (kernel instanceof SumKernel sum) {
      return smallest(sum.terms().stream().map(SumKernel.Term::kernel));
    }
    return 1;
  }

  private static double smallest(Stream<SimilarityKernel> kernels) {
    return kernels.mapToDouble(NestedTemperatures::product).min().orElse(1);
  }
}
