// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of settings from several sources and collects what is wrong with any of them.
 *
 * <pre>{@code
 * ConfigReader reader = new ConfigReader(List.of(file, environment, flags));
 * Optional<GrpcConfig> grpc = reader.read(GrpcConfig::read);
 * Optional<ManagementConfig> management = reader.read(ManagementConfig::read);
 * reader.throwIfAny();
 * return new ServerConfig(grpc.orElseThrow(), management.orElseThrow());
 * }</pre>
 *
 * <p>A getter answers with the default where no source has the key, and also where its text cannot
 * be parsed, which is then a problem. A key that no getter asked for is a problem as well. Confined
 * to one thread.
 */
public final class ConfigReader {
  private final ImmutableList<ConfigSource> sources;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> effective = new TreeMap<>();

  /** The last source that has a key wins. */
  public ConfigReader(List<ConfigSource> sources) {
    this.sources = ImmutableList.copyOf(sources);
    this.sources.forEach(source -> problems.addAll(source.problems()));
  }

  /** Any text. */
  public String string(String key, String def) {
    return value(key, def, ValueType.STRING);
  }

  /** A whole number of 32 bits. */
  public int integer(String key, int def) {
    return value(key, def, ValueType.INTEGER);
  }

  /** A whole number of 64 bits. */
  public long whole(String key, long def) {
    return value(key, def, ValueType.WHOLE);
  }

  /** A finite number. */
  public double real(String key, double def) {
    return value(key, def, ValueType.REAL);
  }

  /** {@code true} or {@code false}, in any case. */
  public boolean flag(String key, boolean def) {
    return value(key, def, ValueType.FLAG);
  }

  /** A whole number and its unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
  public Duration duration(String key, Duration def) {
    return value(key, def, ValueType.DURATION);
  }

  /** A path, not checked for existence; null only if {@code def} is. */
  public @Nullable Path path(String key, @Nullable Path def) {
    if (def != null || find(key) != null) {
      return value(key, def == null ? Path.of("") : def, ValueType.PATH);
    }
    effective.put(key, "");
    return null;
  }

  /** The name of a constant of {@code type}, in any case, with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E def) {
    return value(key, def, ValueType.choice(type));
  }

  /**
   * What {@code parse} makes of any text, or throws IllegalArgumentException of; {@code toString}
   * is its inverse.
   *
   * @param expected what a text must look like
   */
  public <T> T parsed(String key, T def, String expected, Function<String, T> parse) {
    return value(key, def, new ValueType<>(expected, parse, String::valueOf));
  }

  /**
   * What {@code parse} makes of a text that nobody is to read: it is shown as {@code ***}, and a
   * problem quotes nothing of it.
   *
   * @param def what holds where it is not set
   * @param parse throws IllegalArgumentException with what is wrong and what was expected
   */
  public <T> T secret(String key, T def, Function<String, T> parse) {
    Setting setting = find(key);
    effective.put(key, setting == null ? "" : "***");
    if (setting == null) {
      return def;
    }
    try {
      return parse.apply(setting.text().strip());
    } catch (IllegalArgumentException e) {
      problems.add("%s: %s, from %s".formatted(key, e.getMessage(), setting.origin()));
      return def;
    }
  }

  /**
   * What {@code record} makes of the settings; empty if its constructor throws {@link
   * InvalidConfigException}, whose problems {@link #throwIfAny} then reports.
   */
  public <T> Optional<T> read(Function<ConfigReader, T> record) {
    try {
      return Optional.of(record.apply(this));
    } catch (InvalidConfigException e) {
      e.problems().forEach(problem -> problems.add(withOrigin(problem)));
      return Optional.empty();
    }
  }

  /**
   * Throws {@link InvalidConfigException} with all problems found so far and a problem for every
   * key that nobody asked for, if there are any. To be called after the last record was read.
   */
  public void throwIfAny() {
    List<String> all = new ArrayList<>(problems);
    sources.forEach(source -> all.addAll(unknown(source)));
    if (!all.isEmpty()) {
      throw new InvalidConfigException(all);
    }
  }

  /** Every key that was asked for with the value that holds, {@code key = value}, by key. */
  public List<String> effective() {
    return effective.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(ImmutableList.toImmutableList());
  }

  private <T> T value(String key, T def, ValueType<T> type) {
    effective.put(key, type.print().apply(def));
    Setting setting = find(key);
    if (setting == null) {
      return def;
    }
    String text = setting.text().strip();
    try {
      T value = type.parse().apply(text);
      effective.put(key, type.print().apply(value));
      return value;
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(
          "%s: %s (expected: %s), from %s".formatted(key, text, type.expected(), setting.origin()));
      return def;
    }
  }

  private @Nullable Setting find(String key) {
    for (ConfigSource source : sources.reverse()) {
      Setting setting = source.find(key);
      if (setting != null) {
        return setting;
      }
    }
    return null;
  }

  private String withOrigin(String problem) {
    int colon = problem.indexOf(':');
    Setting setting = colon < 0 ? null : find(problem.substring(0, colon));
    return setting == null ? problem : problem + ", from " + setting.origin();
  }

  private List<String> unknown(ConfigSource source) {
    Set<String> known = new TreeSet<>();
    effective.keySet().forEach(key -> known.add(source.nameOf(key)));
    List<String> unknown = new ArrayList<>();
    source
        .settings()
        .forEach(
            (name, setting) -> {
              if (!known.contains(name)) {
                unknown.add(describeUnknown(name, setting, Suggestion.of(name, known)));
              }
            });
    return unknown;
  }

  private static String describeUnknown(String name, Setting setting, Optional<String> suggestion) {
    String expected =
        suggestion.map(known -> "did you mean " + known + "?").orElse("expected: a known key");
    return "%s: unknown (%s), from %s".formatted(name, expected, setting.origin());
  }
}
