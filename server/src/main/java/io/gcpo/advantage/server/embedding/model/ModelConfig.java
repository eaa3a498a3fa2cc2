// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One model that the server is to load. A single model is set by {@code embedding.model-directory}
 * and is called like the directory; several are listed by name in {@code embedding.models}, and
 * each has its settings under {@code models.NAME}.
 *
 * @param name what a request calls it
 * @param directory see {@link ModelDirectory}
 * @param options what the operator decides about it
 */
public record ModelConfig(String name, Path directory, ModelOptions options) {
  private static final String EMBEDDED = "all-MiniLM-L6-v2";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final int LEAST_INPUT_TOKENS = 3;
  private static final int MOST_INPUT_TOKENS = 1 << 17;

  public ModelConfig {
    int tokens = options.maxInputTokens();
    new ConfigProblems()
        .require(
            NAME.matcher(name).matches(),
            "embedding.models: %s (expected: names of letters, digits, . _ and -)",
            name)
        .require(
            tokens == 0 || (tokens >= LEAST_INPUT_TOKENS && tokens <= MOST_INPUT_TOKENS),
            "max-input-tokens of %s: %d (expected: 0, or 3 to 131072)",
            name,
            tokens)
        .throwIfAny();
  }

  /** All models that {@code reader} asks for, or the embedded one. */
  public static ImmutableList<ModelConfig> readAll(ConfigReader reader) {
    List<String> names =
        Splitter.on(',')
            .trimResults()
            .omitEmptyStrings()
            .splitToList(reader.string("embedding.models", ""));
    if (names.isEmpty()) {
      Path directory = directory(reader, "embedding.model-directory", EMBEDDED);
      return ImmutableList.of(
          new ModelConfig(nameOf(directory), directory, options(reader, "embedding.")));
    }
    return names.stream()
        .map(
            name ->
                new ModelConfig(
                    name,
                    directory(reader, "models." + name + ".directory", name),
                    options(reader, "models." + name + ".")))
        .collect(ImmutableList.toImmutableList());
  }

  private static Path directory(ConfigReader reader, String key, String name) {
    Path def = Path.of(System.getProperty("gcpo.home", "")).resolve("models").resolve(name);
    Path directory = reader.path(key, def);
    return directory == null ? def : directory;
  }

  private static String nameOf(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? EMBEDDED : name.toString();
  }

  private static ModelOptions options(ConfigReader reader, String prefix) {
    return new ModelOptions(
        reader.integer(prefix + "max-input-tokens", 0),
        reader.string(prefix + "prompt", ""),
        reader.string(prefix + "model-file", ""),
        reader.parsed(
            prefix + "sha256", PinnedFiles.NONE, PinnedFiles.EXPECTED, PinnedFiles::parse));
  }
}
