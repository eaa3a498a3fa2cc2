// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one configuration file, as far as it can be read. Confined to one thread. */
final class ConfigFile {
  private final Path file;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  ConfigFile(Path file) {
    this.file = file;
  }

  ConfigSource read() {
    try {
      readByExtension();
    } catch (IOException e) {
      problems.add("configuration file: %s (expected: a readable file)".formatted(file));
    } catch (YamlEngineException | IllegalArgumentException e) {
      problems.add("%s: %s (expected: a well-formed file)".formatted(file, e.getMessage()));
    }
    return new ConfigSource(settings, UnaryOperator.identity(), problems);
  }

  private void readByExtension() throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      new YamlSettings(file, settings, problems).addAll(Files.readString(file));
      return;
    }
    if (name.endsWith(".properties")) {
      addProperties();
      return;
    }
    problems.add(
        "configuration file: %s (expected: a name that ends in .yaml, .yml or .properties)"
            .formatted(file));
  }

  private void addProperties() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    }
    for (String key : properties.stringPropertyNames()) {
      settings.put(key, new Setting(properties.getProperty(key, ""), file.toString()));
    }
  }
}
