// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A label of a metric.
 *
 * @param values all that it can have; empty where they are not known before the server runs
 * @param meaning where {@code values} is empty: what it then has, of which there are few
 */
public record MetricLabel(String name, List<String> values, String meaning) {

  public MetricLabel {
    values = ImmutableList.copyOf(values);
    if (values.isEmpty() == meaning.isEmpty()) {
      throw new IllegalArgumentException(
          "label %s: values %s, meaning '%s' (expected: one of the two)"
              .formatted(name, values, meaning));
    }
  }

  /** With these values. */
  static MetricLabel of(String name, String... values) {
    return new MetricLabel(name, ImmutableList.copyOf(values), "");
  }

  /** With the names of an enum. */
  static MetricLabel of(String name, Enum<?>[] values) {
    return new MetricLabel(name, Arrays.stream(values).map(Enum::name).toList(), "");
  }

  /** With the names of an enum in lower case. */
  static MetricLabel lowerCase(String name, Enum<?>[] values) {
    return new MetricLabel(
        name,
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList(),
        "");
  }

  /** With few values that the server's surroundings give. */
  static MetricLabel open(String name, String meaning) {
    return new MetricLabel(name, ImmutableList.of(), meaning);
  }
}
