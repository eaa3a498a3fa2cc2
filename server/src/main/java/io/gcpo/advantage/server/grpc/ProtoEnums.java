// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Optional;

/**
 * Enum values by their name without the prefix that the type's name gives them: {@code STD} for
 * {@code NORMALIZATION_STD}. The constants of the domain's enums are called the same.
 */
public final class ProtoEnums {
  private ProtoEnums() {}

  /** The name of {@code value} without the prefix. */
  public static String shortName(EnumValueDescriptor value) {
    String name = value.getName();
    String prefix = prefixOf(value.getType());
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** The value of {@code type} by its name, with or without the prefix, in upper case. */
  public static Optional<EnumValueDescriptor> find(EnumDescriptor type, String name) {
    String prefix = prefixOf(type);
    return Optional.ofNullable(
        type.findValueByName(name.startsWith(prefix) ? name : prefix + name));
  }

  /** The value of {@code type} that the domain calls {@code shortName}; it must exist. */
  static EnumValueDescriptor value(EnumDescriptor type, String shortName) {
    return find(type, shortName)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s: no value for %s in the contract".formatted(type.getName(), shortName)));
  }

  private static String prefixOf(EnumDescriptor type) {
    return CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, type.getName()) + "_";
  }
}
