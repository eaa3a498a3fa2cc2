// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelProduct;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.StepKind;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.TemperedKernel;
import io.gcpo.advantage.v1.WeightedKernel;

/** Writes a decided kernel out: by its name where it has one, with its temperature. */
final class KernelWriter {
  private KernelWriter() {}

  static void write(KernelChoice choice, AdvantageConfig.Builder config) {
    if (choice.form() instanceof KernelForm.Named named) {
      config.setKernel(kernel(named.name()));
    } else {
      config.setCompositeKernel(composite(choice.form()));
    }
    choice.plan().temperature().ifPresent(config::setKernelTemperature);
    config.setKernelCalibration(
        choice.plan().calibrated()
            ? KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN
            : KernelCalibration.KERNEL_CALIBRATION_NONE);
  }

  /** The wire's name of a kernel. */
  static Kernel kernel(NamedKernel name) {
    return Kernel.valueOf("KERNEL_" + name.name());
  }

  private static CompositeKernel composite(KernelForm form) {
    CompositeKernel.Builder message = CompositeKernel.newBuilder();
    if (form instanceof KernelForm.Named named) {
      message.setNamed(kernel(named.name()));
    } else if (form instanceof KernelForm.Lexical lexical) {
      message.setLexical(LexicalKernel.newBuilder().setOrder(lexical.order()));
    } else if (form instanceof KernelForm.Steps steps) {
      message.setSteps(
          StepsKernel.newBuilder().setKind(StepKind.valueOf("STEP_KIND_" + steps.kind().name())));
    } else if (form instanceof KernelForm.Product product) {
      KernelProduct.Builder factors = message.getProductBuilder();
      product.factors().forEach(factor -> factors.addFactors(composite(factor)));
    } else if (form instanceof KernelForm.Sum sum) {
      KernelSum.Builder terms = message.getSumBuilder();
      sum.terms().forEach(term -> terms.addTerms(weighted(term)));
    } else if (form instanceof KernelForm.Power power) {
      message.setPower(
          KernelPower.newBuilder().setBase(composite(power.base())).setExponent(power.exponent()));
    } else if (form instanceof KernelForm.Tempered tempered) {
      message.setTempered(
          TemperedKernel.newBuilder()
              .setBase(composite(tempered.base()))
              .setTemperature(tempered.temperature()));
    }
    return message.build();
  }

  private static WeightedKernel weighted(KernelForm.Term term) {
    return WeightedKernel.newBuilder()
        .setWeight(term.weight())
        .setKernel(composite(term.kernel()))
        .build();
  }
}
