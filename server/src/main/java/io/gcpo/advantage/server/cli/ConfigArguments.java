// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
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

  /**
   * A field of a nested message is named with a dot, {@code gold.reward}, and so is an entry of a
   * map, {@code component_weights.style}. Throws {@link InputException} naming the argument that
   * cannot be read.
   */
  static AdvantageConfig parse(Map<String, String> arguments) {
    AdvantageConfig.Builder config = AdvantageConfig.newBuilder();
    arguments.forEach((key, value) -> set(config, key, key, value.strip()));
    return config.build();
  }

  private static void set(Message.Builder message, String argument, String key, String text) {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new InputException(
          "%s: not a field of %s (expected: one of %s)"
              .formatted(
                  argument,
                  message.getDescriptorForType().getName(),
                  fieldNames(message.getDescriptorForType())));
    }
    if (field.isRepeated() && !field.isMapField()) {
      throw new InputException(
          "%s: %s is a list (expected: in the config of a group in the file)"
              .formatted(argument, name));
    }
    boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (nested != dot >= 0) {
      throw new InputException(
          "%s: %s (expected: %s)"
              .formatted(argument, text, nested ? name + ".NAME=VALUE" : name + "=VALUE"));
    }
    if (!nested) {
      message.setField(field, value(field, argument, text));
    } else if (field.isMapField()) {
      Message.Builder entry = message.newBuilderForField(field);
      entry.setField(entry.getDescriptorForType().findFieldByName("key"), key.substring(dot + 1));
      FieldDescriptor weight = entry.getDescriptorForType().findFieldByName("value");
      entry.setField(weight, value(weight, argument, text));
      message.addRepeatedField(field, entry.build());
    } else {
      set(message.getFieldBuilder(field), argument, key.substring(dot + 1), text);
    }
  }

  private static Object value(FieldDescriptor field, String argument, String text) {
    try {
      return switch (field.getJavaType()) {
        case DOUBLE -> Double.parseDouble(text);
        case INT -> Integer.parseUnsignedInt(text);
        case ENUM -> enumValue(field, argument, text);
        default ->
            throw new IllegalStateException(field.getName() + ": a type no argument can have");
      };
    } catch (NumberFormatException notANumber) {
      throw new InputException("%s: %s (expected: a number)".formatted(argument, text), notANumber);
    }
  }

  private static EnumValueDescriptor enumValue(
      FieldDescriptor field, String argument, String text) {
    EnumDescriptor type = field.getEnumType();
    return ProtoEnums.find(type, text.toUpperCase(Locale.ROOT).replace('-', '_'))
        .orElseThrow(
            () ->
                new InputException(
                    "%s: %s (expected: one of %s)".formatted(argument, text, names(type))));
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(value -> ProtoEnums.shortName(value).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String fieldNames(Descriptor message) {
    return message.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
