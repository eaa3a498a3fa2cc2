// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.estimator.Input;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides every field of an AdvantageConfig. Which fields an estimator takes, their defaults and
 * ranges are the estimator's own declaration: a new estimator needs no line here. Immutable.
 */
final class ConfigParser {
  /** The fields that every estimator takes. */
  private static final Set<Integer> COMMON =
      ImmutableSet.<Integer>builder()
          .add(AdvantageConfig.ESTIMATOR_FIELD_NUMBER)
          .add(AdvantageConfig.TRUNCATION_POLICY_FIELD_NUMBER)
          .add(AdvantageConfig.GOLD_FIELD_NUMBER)
          .add(AdvantageConfig.IMPORTANCE_FIELD_NUMBER)
          .addAll(KernelParser.FIELDS)
          .build();

  private final EstimatorRegistry estimators;

  @Inject
  ConfigParser(EstimatorRegistry estimators) {
    this.estimators = estimators;
  }

  /**
   * A group's configuration: the request's, overridden field by field. Where the group names
   * another estimator, the request's parameters are another estimator's and do not count; what
   * every estimator takes still does.
   */
  static AdvantageConfig merged(AdvantageConfig request, AdvantageConfig group) {
    boolean other =
        group.getEstimator() != Estimator.ESTIMATOR_UNSPECIFIED
            && group.getEstimator() != orDefault(request.getEstimator());
    AdvantageConfig.Builder base = AdvantageConfig.newBuilder();
    request
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (!other || COMMON.contains(field.getNumber())) {
                base.setField(field, value);
              }
            });
    KernelParser.clearReplaced(base, group);
    return base.mergeFrom(group).build();
  }

  private static Estimator orDefault(Estimator estimator) {
    return estimator == Estimator.ESTIMATOR_UNSPECIFIED
        ? Estimator.ESTIMATOR_GCPO_COOPERATIVE
        : estimator;
  }

  /** What a request that sets nothing gets for rollouts with texts. */
  ResolvedConfig defaults() {
    return resolve(AdvantageConfig.getDefaultInstance(), true, "config", new Violations());
  }

  /**
   * The decided configuration; what is wrong goes to {@code violations}, with a default for it.
   *
   * @param texts whether every rollout brings a text, which decides the default kernel
   */
  ResolvedConfig resolve(
      AdvantageConfig config, boolean texts, String path, Violations violations) {
    AdvantageEstimator estimator = estimator(config, path, violations);
    Map<FieldDescriptor, Object> own =
        config.getAllFields().entrySet().stream()
            .filter(field -> !COMMON.contains(field.getKey().getNumber()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Parameters parameters =
        new ParameterParser(path, violations)
            .parse(own, estimator.spec().parameters(), estimator.spec().name());
    estimator
        .conflicts(parameters)
        .forEach(
            conflict -> violations.invalid(path + "." + conflict.parameter(), conflict.problem()));
    return new ResolvedConfig(
        new AdvantageSettings(
            new EstimatorChoice(estimator, parameters),
            gold(config, estimator, path, violations),
            new ParameterParser(path + ".importance", violations)
                .parse(
                    config.getImportance().getAllFields(),
                    ImportanceParameters.all(),
                    "importance"),
            KernelParser.parse(config, estimator, texts, path, violations)),
        truncationPolicy(config, path, violations));
  }

  private static Optional<Parameters> gold(
      AdvantageConfig config, AdvantageEstimator estimator, String path, Violations violations) {
    if (!config.hasGold() && !estimator.goldByDefault()) {
      return Optional.empty();
    }
    if (estimator.spec().inputs().contains(Input.REWARD_COMPONENTS)) {
      violations.invalid(
          path + ".gold",
          "set (expected: left out, as %s needs reward components and a golden answer has none)"
              .formatted(estimator.spec().name()));
    }
    return Optional.of(
        new ParameterParser(path + ".gold", violations)
            .parse(config.getGold().getAllFields(), GoldParameters.all(), "gold"));
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
}
