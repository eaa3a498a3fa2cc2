// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.parameter.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads declared parameters from the fields of a message that are called like them. One thread's.
 */
final class ParameterParser {
  private final String path;
  private final Violations violations;

  /**
   * For one message.
   *
   * @param path where it stands, for example {@code config}
   * @param violations receives what is wrong
   */
  ParameterParser(String path, Violations violations) {
    this.path = path;
    this.violations = violations;
  }

  /**
   * A value for each declared parameter: the field's where it is set and in range, else the
   * default.
   *
   * @param fields set fields with their values
   * @param owner who declared the parameters
   */
  Parameters parse(Map<FieldDescriptor, Object> fields, List<Parameter<?>> declared, String owner) {
    Parameters parameters = Parameters.defaultsOf(declared);
    List<Map.Entry<FieldDescriptor, Object>> set = new ArrayList<>(fields.entrySet());
    // A preset sets defaults, so it comes before the fields that override them.
    set.sort(Comparator.comparing(field -> !isPreset(field.getKey(), declared)));
    for (Map.Entry<FieldDescriptor, Object> field : set) {
      Optional<Parameter<?>> parameter = find(field.getKey(), declared);
      if (parameter.isEmpty()) {
        violations.invalid(
            pathOf(field.getKey()),
            "set (expected: left out, as %s takes %s)".formatted(owner, names(declared)));
        continue;
      }
      parameters = withValue(parameters, parameter.get(), field.getValue(), pathOf(field.getKey()));
    }
    return parameters;
  }

  private String pathOf(FieldDescriptor field) {
    return path + "." + field.getName();
  }

  private static Optional<Parameter<?>> find(FieldDescriptor field, List<Parameter<?>> declared) {
    return declared.stream()
        .filter(parameter -> parameter.name().equals(field.getName()))
        .findFirst();
  }

  private static boolean isPreset(FieldDescriptor field, List<Parameter<?>> declared) {
    return find(field, declared)
        .filter(parameter -> parameter.defaultValue() instanceof Preset)
        .isPresent();
  }

  private Parameters withValue(
      Parameters parameters, Parameter<?> parameter, Object value, String field) {
    if (parameter instanceof Parameter.Real real) {
      return checked(parameters, real, (Double) value, value.toString(), field);
    }
    if (parameter instanceof Parameter.Whole whole) {
      // A uint32 beyond the int range reads as negative in Java, and is out of every range.
      Integer number = (Integer) value;
      return checked(parameters, whole, number, Integer.toUnsignedString(number), field);
    }
    if (parameter instanceof Parameter.Weights weights) {
      Map<String, Double> map = mapOf((List<?>) value);
      return checked(parameters, weights, map, map.toString(), field);
    }
    return chosen(parameters, (Parameter.Choice<?>) parameter, (EnumValueDescriptor) value, field);
  }

  /** A map field as protobuf's reflection has it: a list of entries. */
  private static Map<String, Double> mapOf(List<?> entries) {
    Map<String, Double> map = new TreeMap<>();
    for (Object entry : entries) {
      MapEntry<?, ?> pair = (MapEntry<?, ?>) (Message) entry;
      map.put((String) pair.getKey(), (Double) pair.getValue());
    }
    return map;
  }

  private <E extends Enum<E>> Parameters chosen(
      Parameters parameters,
      Parameter.Choice<E> parameter,
      EnumValueDescriptor value,
      String field) {
    String name = ProtoEnums.shortName(value);
    return Arrays.stream(parameter.type().getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .map(constant -> checked(parameters, parameter, constant, constant.name(), field))
        .orElseGet(
            () -> {
              violations.invalid(
                  field, "%d (expected: %s)".formatted(value.getNumber(), parameter.range()));
              return parameters;
            });
  }

  private <T> Parameters checked(
      Parameters parameters, Parameter<T> parameter, T value, String written, String field) {
    if (parameter.accepts(value)) {
      return parameters.with(parameter, value);
    }
    violations.invalid(field, "%s (expected: %s)".formatted(written, parameter.range()));
    return parameters;
  }

  private static String names(List<Parameter<?>> declared) {
    return declared.isEmpty()
        ? "no parameter"
        : declared.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }
}
