// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One place where settings are written: a file, the environment, the command line. Immutable.
 *
 * <p>Keys are dotted words in lower case, for example {@code grpc.max-message-bytes}.
 */
public final class ConfigSource {
  private static final String ENVIRONMENT_PREFIX = "GCPO_CONFIG_";

  private final ImmutableMap<String, Setting> settings;
  private final UnaryOperator<String> nameOfKey;
  private final ImmutableList<String> problems;

  ConfigSource(
      Map<String, Setting> settings, UnaryOperator<String> nameOfKey, List<String> problems) {
    this.settings = ImmutableMap.copyOf(settings);
    this.nameOfKey = nameOfKey;
    this.problems = ImmutableList.copyOf(problems);
  }

  /**
   * The settings of a YAML file ({@code .yaml}, {@code .yml}: nested mappings of plain values) or
   * of a {@code .properties} file. A file that cannot be read is a problem that {@link
   * ConfigReader} reports among the others.
   */
  public static ConfigSource file(Path file) {
    return new ConfigFile(file).read();
  }

  /**
   * The variables that start with {@code GCPO_CONFIG_}: {@code grpc.max-message-bytes} is called
   * {@code GCPO_CONFIG_GRPC_MAX_MESSAGE_BYTES}. The prefix is not {@code GCPO_}, because Kubernetes
   * injects variables such as {@code GCPO_ADVANTAGE_SERVICE_HOST} on its own.
   */
  public static ConfigSource environment(Map<String, String> variables) {
    ImmutableMap.Builder<String, Setting> settings = ImmutableMap.builder();
    variables.forEach(
        (name, text) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            settings.put(name, new Setting(text, "environment variable " + name));
          }
        });
    return new ConfigSource(
        settings.buildOrThrow(), ConfigSource::environmentVariable, ImmutableList.of());
  }

  /** What the command line says, by key. */
  public static ConfigSource flags(Map<String, String> values) {
    ImmutableMap.Builder<String, Setting> settings = ImmutableMap.builder();
    values.forEach((key, text) -> settings.put(key, new Setting(text, "command line")));
    return new ConfigSource(settings.buildOrThrow(), UnaryOperator.identity(), ImmutableList.of());
  }

  /** The environment variable that sets {@code key}. */
  public static String environmentVariable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  @Nullable Setting find(String key) {
    return settings.get(nameOfKey.apply(key));
  }

  /** All settings, by the name they have here. */
  Map<String, Setting> settings() {
    return settings;
  }

  String nameOf(String key) {
    return nameOfKey.apply(key);
  }

  /** What kept this source from being read in full. */
  List<String> problems() {
    return problems;
  }
}
