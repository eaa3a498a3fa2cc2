// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.Lexical;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.ProductKernel;
import io.gcpo.advantage.server.diversity.kernel.SimilarityKernel;
import io.gcpo.advantage.server.diversity.kernel.Steps;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.kernel.TemperedKernel;

/** Builds the kernels that forms describe. */
final class KernelForms {
  private KernelForms() {}

  /** The plan of a form: an outermost temperature is the plan's own, so that it can be replaced. */
  static KernelPlan plan(KernelForm form) {
    if (form instanceof KernelForm.Named named) {
      return named.name().plan();
    }
    if (form instanceof KernelForm.Tempered tempered) {
      return KernelPlan.of(kernel(tempered.base())).withTemperature(tempered.temperature());
    }
    return KernelPlan.of(kernel(form));
  }

  /** The kernel of a form that is part of another; a name's own temperature belongs to it. */
  private static SimilarityKernel kernel(KernelForm form) {
    if (form instanceof KernelForm.Lexical lexical) {
      return new Lexical(lexical.order());
    }
    if (form instanceof KernelForm.Steps steps) {
      return new Steps(steps.kind());
    }
    if (form instanceof KernelForm.Product product) {
      return new ProductKernel(product.factors().stream().map(KernelForms::kernel).toList());
    }
    if (form instanceof KernelForm.Sum sum) {
      return new SumKernel(
          sum.terms().stream()
              .map(term -> new SumKernel.Term(term.weight(), kernel(term.kernel())))
              .toList());
    }
    if (form instanceof KernelForm.Power power) {
      return new PowerKernel(kernel(power.base()), power.exponent());
    }
    KernelPlan plan = plan(form);
    return plan.temperature().isPresent()
        ? new TemperedKernel(plan.kernel(), plan.temperature().getAsDouble())
        : plan.kernel();
  }
}
