// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.similarity.KernelCalibration;
import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.advantage.similarity.KernelParameters;
import io.gcpo.advantage.server.advantage.similarity.KernelWish;
import io.gcpo.advantage.server.advantage.similarity.RoundingGrowth;
import io.gcpo.advantage.v1.AdvantageConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the fields of an AdvantageConfig that say how similar two rollouts are. */
final class KernelParser {
  /** Those fields. */
  static final Set<Integer> FIELDS =
      Set.of(
          AdvantageConfig.KERNEL_FIELD_NUMBER,
          AdvantageConfig.COMPOSITE_KERNEL_FIELD_NUMBER,
          AdvantageConfig.KERNEL_TEMPERATURE_FIELD_NUMBER,
          AdvantageConfig.KERNEL_CALIBRATION_FIELD_NUMBER);

  private KernelParser() {}

  /**
   * The kernel of the configuration at {@code path}; what is wrong goes to {@code violations}.
   *
   * @param texts whether every rollout brings a text, which decides the default
   */
  static KernelChoice parse(
      AdvantageConfig config,
      AdvantageEstimator estimator,
      boolean texts,
      String path,
      Violations violations) {
    KernelChoice choice = wish(config, path, violations).decide(estimator, texts);
    double growth = RoundingGrowth.of(choice.plan());
    if (growth > RoundingGrowth.MAX) {
      violations.invalid(
          path + ".composite_kernel",
          "rounding grows by a factor of %s (expected: <= %s)"
              .formatted(growth, RoundingGrowth.MAX));
    }
    return choice;
  }

  private static KernelWish wish(AdvantageConfig config, String path, Violations violations) {
    boolean named = config.getKernelValue() != 0;
    boolean calibrated = config.getKernelCalibrationValue() != 0;
    Map<FieldDescriptor, Object> fields =
        config.getAllFields().entrySet().stream()
            .filter(field -> FIELDS.contains(field.getKey().getNumber()))
            .filter(
                field ->
                    field.getKey().getNumber() != AdvantageConfig.COMPOSITE_KERNEL_FIELD_NUMBER)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Parameters parameters =
        new ParameterParser(path, violations).parse(fields, KernelParameters.all(), "kernel");
    KernelCalibration calibration = parameters.get(KernelParameters.CALIBRATION);
    if (named && config.hasCompositeKernel()) {
      violations.invalid(path + ".composite_kernel", "set (expected: left out, as kernel is set)");
    }
    if (config.hasKernelTemperature() && calibration == KernelCalibration.GROUP_MEDIAN) {
      violations.invalid(
          path + ".kernel_calibration",
          "GROUP_MEDIAN (expected: none, as kernel_temperature is set)");
    }
    return new KernelWish(
        form(config, named, parameters, path, violations),
        config.hasKernelTemperature()
            ? OptionalDouble.of(parameters.get(KernelParameters.TEMPERATURE))
            : OptionalDouble.empty(),
        calibrated ? Optional.of(calibration) : Optional.empty());
  }

  /**
   * {@code base} without the fields that a group's configuration replaces: it names one kernel, by
   * either field, and one temperature, given or calibrated.
   */
  static void clearReplaced(AdvantageConfig.Builder base, AdvantageConfig group) {
    if (group.getKernelValue() != 0 || group.hasCompositeKernel()) {
      base.clearKernel().clearCompositeKernel();
    }
    if (group.hasKernelTemperature() || group.getKernelCalibrationValue() != 0) {
      base.clearKernelTemperature().clearKernelCalibration();
    }
  }

  private static Optional<KernelForm> form(
      AdvantageConfig config,
      boolean named,
      Parameters parameters,
      String path,
      Violations violations) {
    if (config.hasCompositeKernel()) {
      return Optional.of(
          new CompositeKernelParser(path + ".composite_kernel", violations)
              .parse(config.getCompositeKernel()));
    }
    return named
        ? Optional.of(new KernelForm.Named(parameters.get(KernelParameters.KERNEL)))
        : Optional.empty();
  }
}
