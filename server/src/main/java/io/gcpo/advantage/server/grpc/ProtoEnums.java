// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;

/**
 * Enum values by their name without the prefix that the type's name gives them: {@code STD} for
 * {@code NORMALIZATION_STD}. The constants of the domain's enums are called the same.
 */
final class ProtoEnums {
  private ProtoEnums() {}

  /** The domain's name of {@code value}. */
  static String shortName(EnumValueDescriptor value) {
    String name = value.getName();
    String prefix = prefixOf(value.getType());
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** The value of {@code type} that the domain calls {@code shortName}. */
  static EnumValueDescriptor value(EnumDescriptor type, String shortName) {
    EnumValueDescriptor value = type.findValueByName(prefixOf(type) + shortName);
    if (value == null) {
      throw new IllegalStateException(
          "%s: no value for %s in the contract".formatted(type.getName(), shortName));
    }
    return value;
  }

  private static String prefixOf(EnumDescriptor type) {
    return CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, type.getName()) + "_";
  }
}
