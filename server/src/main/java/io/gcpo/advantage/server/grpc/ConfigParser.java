// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.estimator.EstimatorSpec;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides every field of an AdvantageConfig. Which fields an estimator takes, their defaults and
 * ranges are the estimator's own declaration: a new estimator needs no line here. Immutable.
 */
final class ConfigParser {
  private final EstimatorRegistry estimators;

  @Inject
  ConfigParser(EstimatorRegistry estimators) {
    this.estimators = estimators;
  }

  /**
   * A group's configuration: the request's, overridden field by field. Where the group names
   * another estimator, the request's parameters are another estimator's and do not count.
   */
  static AdvantageConfig merged(AdvantageConfig request, AdvantageConfig group) {
    boolean other =
        group.getEstimator() != Estimator.ESTIMATOR_UNSPECIFIED
            && group.getEstimator() != request.getEstimator();
    AdvantageConfig base =
        other
            ? AdvantageConfig.newBuilder()
                .setTruncationPolicyValue(request.getTruncationPolicyValue())
                .build()
            : request;
    return base.toBuilder().mergeFrom(group).build();
  }

  /** What a request that sets nothing gets. */
  ResolvedConfig defaults() {
    return resolve(AdvantageConfig.getDefaultInstance(), "config", new Violations());
  }

  /** The decided configuration; what is wrong goes to {@code violations}, with a default for it. */
  ResolvedConfig resolve(AdvantageConfig config, String path, Violations violations) {
    AdvantageEstimator estimator = estimator(config, path, violations);
    EstimatorSpec spec = estimator.spec();
    Parameters parameters = Parameters.defaultsOf(spec.parameters());
    for (Map.Entry<FieldDescriptor, Object> set : config.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (isCommon(field)) {
        continue;
      }
      Optional<Parameter<?>> parameter =
          spec.parameters().stream().filter(p -> p.name().equals(field.getName())).findFirst();
      String fieldPath = path + "." + field.getName();
      if (parameter.isEmpty()) {
        violations.invalid(
            fieldPath,
            "set (expected: left out, as %s takes %s)".formatted(spec.name(), names(spec)));
        continue;
      }
      parameters = withValue(parameters, parameter.get(), set.getValue(), fieldPath, violations);
    }
    return new ResolvedConfig(
        new EstimatorChoice(estimator, parameters), truncationPolicy(config, path, violations));
  }

  private static boolean isCommon(FieldDescriptor field) {
    return field.getNumber() == AdvantageConfig.ESTIMATOR_FIELD_NUMBER
        || field.getNumber() == AdvantageConfig.TRUNCATION_POLICY_FIELD_NUMBER;
  }

  private AdvantageEstimator estimator(AdvantageConfig config, String path, Violations violations) {
    if (config.getEstimator() == Estimator.UNRECOGNIZED) {
      violations.invalid(
          path + ".estimator",
          "%d (expected: one of %s)"
              .formatted(
                  config.getEstimatorValue(),
                  estimators.all().stream()
                      .map(estimator -> estimator.spec().name())
                      .collect(Collectors.joining(", "))));
    }
    return config.getEstimator() == Estimator.UNRECOGNIZED
            || config.getEstimator() == Estimator.ESTIMATOR_UNSPECIFIED
        ? estimators.all().get(0)
        : byName(ProtoEnums.shortName(config.getEstimator().getValueDescriptor()));
  }

  private AdvantageEstimator byName(String name) {
    return estimators
        .byName(name)
        .orElseThrow(() -> new IllegalStateException(name + ": in the contract, not registered"));
  }

  private static Parameters withValue(
      Parameters parameters,
      Parameter<?> parameter,
      Object value,
      String path,
      Violations violations) {
    if (parameter instanceof Parameter.Real real) {
      return checked(parameters, real, (Double) value, path, violations);
    }
    if (parameter instanceof Parameter.Whole whole) {
      // A uint32 beyond the int range reads as negative in Java, and is out of every range.
      return checked(parameters, whole, (Integer) value, path, violations);
    }
    return chosen(
        parameters, (Parameter.Choice<?>) parameter, (EnumValueDescriptor) value, path, violations);
  }

  private static <E extends Enum<E>> Parameters chosen(
      Parameters parameters,
      Parameter.Choice<E> parameter,
      EnumValueDescriptor value,
      String path,
      Violations violations) {
    String name = ProtoEnums.shortName(value);
    return Arrays.stream(parameter.type().getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .map(constant -> checked(parameters, parameter, constant, path, violations))
        .orElseGet(
            () -> {
              violations.invalid(
                  path, "%d (expected: %s)".formatted(value.getNumber(), parameter.range()));
              return parameters;
            });
  }

  private static <T> Parameters checked(
      Parameters parameters, Parameter<T> parameter, T value, String path, Violations violations) {
    if (parameter.accepts(value)) {
      return parameters.with(parameter, value);
    }
    violations.invalid(path, "%s (expected: %s)".formatted(value, parameter.range()));
    return parameters;
  }

  private static TruncationPolicy truncationPolicy(
      AdvantageConfig config, String path, Violations violations) {
    return truncationPolicy(
        config.getTruncationPolicy(),
        config.getTruncationPolicyValue(),
        path + ".truncation_policy",
        violations);
  }

  /** The domain's policy; {@code number} is what stood on the wire. */
  static TruncationPolicy truncationPolicy(
      io.gcpo.advantage.v1.TruncationPolicy policy,
      int number,
      String path,
      Violations violations) {
    if (policy == io.gcpo.advantage.v1.TruncationPolicy.UNRECOGNIZED) {
      violations.invalid(
          path,
          "%d (expected: one of %s)".formatted(number, Arrays.toString(TruncationPolicy.values())));
      return TruncationPolicy.CHUNK_MEAN;
    }
    return policy == io.gcpo.advantage.v1.TruncationPolicy.TRUNCATION_POLICY_UNSPECIFIED
        ? TruncationPolicy.CHUNK_MEAN
        : TruncationPolicy.valueOf(ProtoEnums.shortName(policy.getValueDescriptor()));
  }

  private static String names(EstimatorSpec spec) {
    return spec.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
  }
}
