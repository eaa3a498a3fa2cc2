// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.config.ConfigSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where settings come from, the same for every command. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, as YAML or properties; see server/docs/configuration.md.")
  private @Nullable Path file;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "One setting, for example embedding.workers=4; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  ConfigOptions() {}

  /** File, then environment, then command line; {@code flags} count as command line. */
  ServerConfig read(Map<String, String> flags) {
    List<ConfigSource> sources = new ArrayList<>();
    if (file != null) {
      sources.add(ConfigSource.file(file));
    }
    sources.add(ConfigSource.environment(System.getenv()));
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putAll(flags);
    sources.add(ConfigSource.flags(all));
    return ServerConfig.read(sources);
  }
}
