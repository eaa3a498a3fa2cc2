// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.grpc.ProtoEnums;
import io.gcpo.advantage.v1.AdvantageConfig;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An AdvantageConfig from {@code key=value} arguments: keys are the message's field names, enum
 * values go in any case, with or without the prefix of their type. Ranges are the server's to
 * check.
 */
final class ConfigArguments {
  private ConfigArguments() {}

  /** Throws {@link InputException} naming the argument that cannot be read. */
  static AdvantageConfig parse(Map<String, String> arguments) {
    AdvantageConfig.Builder config = AdvantageConfig.newBuilder();
    arguments.forEach(
        (key, value) -> {
          FieldDescriptor field = AdvantageConfig.getDescriptor().findFieldByName(key);
          if (field == null) {
            throw new InputException(
                "%s: not a field of AdvantageConfig (expected: one of %s)"
                    .formatted(key, fieldNames()));
          }
          config.setField(field, value(field, value.strip()));
        });
    return config.build();
  }

  private static Object value(FieldDescriptor field, String text) {
    try {
      return switch (field.getJavaType()) {
        case DOUBLE -> Double.parseDouble(text);
        case INT -> Integer.parseUnsignedInt(text);
        case ENUM -> enumValue(field, text);
        default ->
            throw new IllegalStateException(field.getName() + ": a type no argument can have");
      };
    } catch (NumberFormatException notANumber) {
      throw new InputException(
          "%s: %s (expected: a number)".formatted(field.getName(), text), notANumber);
    }
  }

  private static EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumDescriptor type = field.getEnumType();
    return ProtoEnums.find(type, text.toUpperCase(Locale.ROOT).replace('-', '_'))
        .orElseThrow(
            () ->
                new InputException(
                    "%s: %s (expected: one of %s)".formatted(field.getName(), text, names(type))));
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(value -> ProtoEnums.shortName(value).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String fieldNames() {
    return AdvantageConfig.getDescriptor().getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
