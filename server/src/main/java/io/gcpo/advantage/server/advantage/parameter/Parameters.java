// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.parameter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in range for each parameter of one estimator. Immutable. */
public final class Parameters {
  private final Map<Parameter<?>, Object> values;

  private Parameters(Map<Parameter<?>, Object> values) {
    this.values = values;
  }

  /** Every parameter at its default. */
  public static Parameters defaultsOf(List<Parameter<?>> declared) {
    Map<Parameter<?>, Object> values = new LinkedHashMap<>();
    declared.forEach(parameter -> values.put(parameter, parameter.defaultValue()));
    return new Parameters(values);
  }

  /**
   * The same but for one value, and for what that value presets where it is a {@link Preset};
   * throws if the parameter is not declared or the value out of range.
   */
  public <T> Parameters with(Parameter<T> parameter, T value) {
    if (!values.containsKey(parameter)) {
      throw new IllegalArgumentException(parameter.name() + ": not declared");
    }
    if (!parameter.accepts(value)) {
      throw new IllegalArgumentException(
          parameter.name() + ": " + value + " (expected: " + parameter.range() + ")");
    }
    Map<Parameter<?>, Object> copy = new LinkedHashMap<>(values);
    copy.put(parameter, value);
    Parameters changed = new Parameters(copy);
    return value instanceof Preset preset ? preset.applyTo(changed) : changed;
  }

  /** The value of a declared parameter. */
  @SuppressWarnings("unchecked") // with() and defaultsOf() store a T under every Parameter<T>
  public <T> T get(Parameter<T> parameter) {
    Object value = values.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(parameter.name() + ": not declared");
    }
    return (T) value;
  }

  /** The value of a parameter; its default where it is not declared. */
  public <T> T getOrDefault(Parameter<T> parameter) {
    return values.containsKey(parameter) ? get(parameter) : parameter.defaultValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach((parameter, value) -> text.append(parameter.name() + "=" + value + " "));
    return text.toString().strip();
  }
}
