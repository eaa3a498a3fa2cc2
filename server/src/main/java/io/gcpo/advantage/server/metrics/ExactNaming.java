// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import org.jspecify.annotations.Nullable;

/**
 * Shows the names of {@link MetricNames} as they are there; others get Micrometer's suffixes, which
 * would turn {@code gcpo_build_info} into {@code gcpo_build}. Immutable.
 */
final class ExactNaming implements NamingConvention {
  private final NamingConvention others;

  ExactNaming(NamingConvention others) {
    this.others = others;
  }

  @Override
  public String name(String name, Meter.Type type, @Nullable String baseUnit) {
    return name.startsWith(MetricNames.PREFIX) ? name : others.name(name, type, baseUnit);
  }

  @Override
  public String tagKey(String key) {
    return others.tagKey(key);
  }

  @Override
  public String tagValue(String value) {
    return others.tagValue(value);
  }
}
