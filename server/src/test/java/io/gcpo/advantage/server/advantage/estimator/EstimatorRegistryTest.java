// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EstimatorRegistryTest {
  private final EstimatorRegistry registry = new EstimatorRegistry();

  @Test
  void all_startsWithTheDefault() {
    assertThat(registry.all())
        .extracting(estimator -> estimator.spec().name())
        .containsExactly("GCPO_COOPERATIVE", "GRPO");
  }

  @Test
  void byName_findsExactNamesOnly() {
    for (AdvantageEstimator estimator : registry.all()) {
      assertThat(registry.byName(estimator.spec().name())).containsSame(estimator);
    }
    assertThat(registry.byName("GCPO")).isEmpty();
    assertThat(registry.byName("grpo")).isEmpty();
  }

  @Test
  void specs_declareEachParameterOnceWithADefaultInRange() {
    for (AdvantageEstimator estimator : registry.all()) {
      EstimatorSpec spec = estimator.spec();
      Set<String> names =
          spec.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      assertThat(names).as(spec.name()).hasSameSizeAs(spec.parameters());
      for (Parameter<?> parameter : spec.parameters()) {
        assertDefaultInRange(parameter);
      }
      assertThat(EstimatorChoice.withDefaults(estimator).parameters().toString())
          .as(spec.name())
          .contains("normalization=STD", "epsilon=1.0E-6");
    }
  }

  @Test
  void specs_useTheNamesOfTheContract() {
    for (AdvantageEstimator estimator : registry.all()) {
      EstimatorSpec spec = estimator.spec();
      assertThat(Estimator.getDescriptor().findValueByName("ESTIMATOR_" + spec.name()))
          .as(spec.name())
          .isNotNull();
      for (Parameter<?> parameter : spec.parameters()) {
        FieldDescriptor field = AdvantageConfig.getDescriptor().findFieldByName(parameter.name());
        assertThat(field).as(parameter.name()).isNotNull();
        if (parameter instanceof Parameter.Choice<?> choice) {
          assertThat(choice.options())
              .as(parameter.name())
              .allSatisfy(
                  option ->
                      assertThat(
                              field
                                  .getEnumType()
                                  .findValueByName(
                                      parameter.name().toUpperCase(Locale.ROOT) + "_" + option))
                          .isNotNull());
        }
      }
    }
  }

  private static <T> void assertDefaultInRange(Parameter<T> parameter) {
    assertThat(parameter.accepts(parameter.defaultValue())).as(parameter.name()).isTrue();
  }
}
