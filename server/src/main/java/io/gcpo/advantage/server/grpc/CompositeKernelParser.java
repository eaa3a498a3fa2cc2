// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.advantage.similarity.KernelParameters;
import io.gcpo.advantage.server.diversity.kernel.Lexical;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelProduct;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.TemperedKernel;
import io.gcpo.advantage.v1.WeightedKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a kernel that is put together from others. Where something is wrong, a sound kernel stands
 * in its place in what is returned. One thread's, for one kernel.
 */
final class CompositeKernelParser {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_KERNELS = 32;
  private static final KernelForm SUBSTITUTE = new KernelForm.Named(NamedKernel.EMBEDDING_COSINE);

  private final String root;
  private final Violations violations;
  private int kernels;

  /** For the kernel at the path {@code root}. */
  CompositeKernelParser(String root, Violations violations) {
    this.root = root;
    this.violations = violations;
  }

  KernelForm parse(CompositeKernel kernel) {
    KernelForm form = parse(kernel, root, 1);
    if (kernels > MAX_KERNELS) {
      violations.invalid(root, "more than %d kernels (expected: <= %1$d)".formatted(MAX_KERNELS));
    }
    return form;
  }

  private KernelForm parse(CompositeKernel kernel, String path, int depth) {
    kernels++;
    if (kernels > MAX_KERNELS) {
      return SUBSTITUTE;
    }
    if (depth > MAX_DEPTH) {
      violations.invalid(path, "depth %d (expected: <= %d)".formatted(depth, MAX_DEPTH));
      return SUBSTITUTE;
    }
    return switch (kernel.getFormCase()) {
      case NAMED -> named(kernel, path + ".named");
      case LEXICAL -> lexical(kernel.getLexical(), path + ".lexical");
      case STEPS -> steps(kernel.getSteps(), path + ".steps");
      case PRODUCT -> product(kernel.getProduct(), path + ".product", depth);
      case SUM -> sum(kernel.getSum(), path + ".sum", depth);
      case POWER -> power(kernel.getPower(), path + ".power", depth);
      case TEMPERED -> tempered(kernel.getTempered(), path + ".tempered", depth);
      case FORM_NOT_SET -> {
        violations.invalid(
            path, "empty (expected: one of named, lexical, steps, product, sum, power, tempered)");
        yield SUBSTITUTE;
      }
    };
  }

  private KernelForm named(CompositeKernel kernel, String path) {
    if (kernel.getNamed() == Kernel.UNRECOGNIZED
        || kernel.getNamed() == Kernel.KERNEL_UNSPECIFIED) {
      violations.invalid(
          path,
          "%d (expected: %s)".formatted(kernel.getNamedValue(), KernelParameters.KERNEL.range()));
      return SUBSTITUTE;
    }
    return new KernelForm.Named(
        NamedKernel.valueOf(ProtoEnums.shortName(kernel.getNamed().getValueDescriptor())));
  }

  private KernelForm lexical(LexicalKernel lexical, String path) {
    int order = lexical.hasOrder() ? lexical.getOrder() : Lexical.DEFAULT_ORDER;
    return new KernelForm.Lexical(whole(order, Lexical.MAX_ORDER, path + ".order"));
  }

  private KernelForm steps(StepsKernel steps, String path) {
    return switch (steps.getKind()) {
      case STEP_KIND_UNSPECIFIED -> new KernelForm.Steps(StepKind.AUTO);
      case UNRECOGNIZED -> {
        violations.invalid(
            path + ".kind",
            "%d (expected: one of %s)"
                .formatted(steps.getKindValue(), Arrays.toString(StepKind.values())));
        yield SUBSTITUTE;
      }
      default ->
          new KernelForm.Steps(
              StepKind.valueOf(ProtoEnums.shortName(steps.getKind().getValueDescriptor())));
    };
  }

  private KernelForm product(KernelProduct product, String path, int depth) {
    if (product.getFactorsCount() == 0) {
      violations.invalid(path + ".factors", "empty (expected: at least one)");
      return SUBSTITUTE;
    }
    List<KernelForm> factors = new ArrayList<>();
    for (int i = 0; i < product.getFactorsCount() && kernels <= MAX_KERNELS; i++) {
      factors.add(parse(product.getFactors(i), "%s.factors[%d]".formatted(path, i), depth + 1));
    }
    return new KernelForm.Product(factors);
  }

  private KernelForm sum(KernelSum sum, String path, int depth) {
    if (sum.getTermsCount() == 0) {
      violations.invalid(path + ".terms", "empty (expected: at least one)");
      return SUBSTITUTE;
    }
    List<KernelForm.Term> terms = new ArrayList<>();
    for (int i = 0; i < sum.getTermsCount() && kernels <= MAX_KERNELS; i++) {
      terms.add(term(sum.getTerms(i), "%s.terms[%d]".formatted(path, i), depth));
    }
    return new KernelForm.Sum(terms);
  }

  private KernelForm.Term term(WeightedKernel term, String path, int depth) {
    double weight = term.getWeight();
    if (!(weight >= SumKernel.MIN_WEIGHT && weight <= SumKernel.MAX_WEIGHT)) {
      violations.invalid(
          path + ".weight",
          "%s (expected: in [%s, %.0f])"
              .formatted(weight, SumKernel.MIN_WEIGHT, SumKernel.MAX_WEIGHT));
      weight = 1;
    }
    return new KernelForm.Term(weight, parse(term.getKernel(), path + ".kernel", depth + 1));
  }

  private KernelForm power(KernelPower power, String path, int depth) {
    int exponent = whole(power.getExponent(), PowerKernel.MAX_EXPONENT, path + ".exponent");
    return new KernelForm.Power(parse(power.getBase(), path + ".base", depth + 1), exponent);
  }

  private KernelForm tempered(TemperedKernel tempered, String path, int depth) {
    double temperature = tempered.getTemperature();
    if (!KernelParameters.TEMPERATURE.accepts(temperature)) {
      violations.invalid(
          path + ".temperature",
          "%s (expected: %s)".formatted(temperature, KernelParameters.TEMPERATURE.range()));
      temperature = 1;
    }
    return new KernelForm.Tempered(
        parse(tempered.getBase(), path + ".base", depth + 1), temperature);
  }

  /** A number in [1, max]; a uint32 beyond the int range reads as negative in Java. */
  private int whole(int value, int max, String path) {
    if (value >= 1 && value <= max) {
      return value;
    }
    violations.invalid(
        path, "%s (expected: in [1, %d])".formatted(Integer.toUnsignedString(value), max));
    return 1;
  }
}
