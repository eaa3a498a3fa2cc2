// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EstimatorRegistryTest {
  /** The fields that every estimator takes. */
  private static final Set<String> COMMON =
      Set.of(
          "estimator",
          "truncation_policy",
          "gold",
          "importance",
          "kernel",
          "composite_kernel",
          "kernel_temperature",
          "kernel_calibration");

  private final EstimatorRegistry registry = new EstimatorRegistry();

  @Test
  void all_areTheContractsInItsOrder() {
    assertThat(registry.all())
        .extracting(estimator -> estimator.spec().name())
        .containsExactlyElementsOf(namesOf(Estimator.getDescriptor()));
    assertThat(registry.all().get(0).spec().name()).isEqualTo("GCPO_COOPERATIVE");
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
    }
  }

  @Test
  void defaultKernel_isOfEstimatorsThatNeedSimilarities() {
    assertThat(registry.all())
        .filteredOn(estimator -> estimator.defaultKernel().isPresent())
        .allMatch(estimator -> estimator.spec().inputs().contains(Input.SIMILARITY))
        .extracting(estimator -> estimator.spec().name())
        .containsExactlyInAnyOrder(
            "DRA_GRPO", "MMR_GRPO", "DARLING", "UNIQUENESS_AWARE", "CUE_GRPO");
  }

  @Test
  void parameters_areFieldsOfTheContract() {
    for (AdvantageEstimator estimator : registry.all()) {
      for (Parameter<?> parameter : estimator.spec().parameters()) {
        String description = estimator.spec().name() + "." + parameter.name();
        FieldDescriptor field = AdvantageConfig.getDescriptor().findFieldByName(parameter.name());
        assertThat(field).as(description).isNotNull();
        assertThat(field.getType()).as(description).isEqualTo(typeOf(parameter));
        assertThat(field.isMapField())
            .as(description)
            .isEqualTo(parameter instanceof Parameter.Weights);
        if (parameter instanceof Parameter.Choice<?> choice) {
          assertThat(Arrays.stream(choice.type().getEnumConstants()).map(Enum::name))
              .as(description)
              .containsExactlyElementsOf(namesOf(field.getEnumType()));
        }
      }
    }
  }

  @Test
  void contract_hasNoFieldThatNoEstimatorTakes() {
    Set<String> declared =
        registry.all().stream()
            .flatMap(estimator -> estimator.spec().parameters().stream())
            .map(Parameter::name)
            .collect(Collectors.toSet());
    assertThat(AdvantageConfig.getDescriptor().getFields())
        .extracting(FieldDescriptor::getName)
        .filteredOn(name -> !COMMON.contains(name))
        .containsExactlyInAnyOrderElementsOf(declared);
  }

  private static FieldDescriptor.Type typeOf(Parameter<?> parameter) {
    if (parameter instanceof Parameter.Real) {
      return FieldDescriptor.Type.DOUBLE;
    }
    if (parameter instanceof Parameter.Whole) {
      return FieldDescriptor.Type.UINT32;
    }
    return parameter instanceof Parameter.Choice
        ? FieldDescriptor.Type.ENUM
        : FieldDescriptor.Type.MESSAGE;
  }

  /** The values of an enum but for the first, which is "unspecified", without their prefix. */
  private static List<String> namesOf(EnumDescriptor type) {
    String prefix =
        type.getName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
    return type.getValues().stream()
        .skip(1)
        .map(EnumValueDescriptor::getName)
        .peek(name -> assertThat(name).startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  private static <T> void assertDefaultInRange(Parameter<T> parameter) {
    assertThat(parameter.accepts(parameter.defaultValue())).as(parameter.name()).isTrue();
  }
}
