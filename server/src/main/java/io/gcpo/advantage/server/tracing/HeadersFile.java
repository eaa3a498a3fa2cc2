// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Headers that go with each export, one {@code name: value} a line; {@code #} begins a comment.
 * Read anew for each export, so that a credential can be replaced; what cannot be read leaves the
 * last ones in use. Thread-safe; nothing it says shows a value.
 */
final class HeadersFile implements Supplier<Map<String, String>> {
  private static final Logger logger = LoggerFactory.getLogger(HeadersFile.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

  private final @Nullable Path file;
  private volatile ImmutableMap<String, String> latest = ImmutableMap.of();
  private volatile String lastProblem = "";

  /** Without a file there are no headers. */
  HeadersFile(@Nullable Path file) {
    this.file = file;
  }

  /** Reads it for the first time. */
  void load() throws IOException {
    if (file != null) {
      latest = read(file);
    }
  }

  @Override
  public Map<String, String> get() {
    String problem = "";
    try {
      load();
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    // Exports come every second: a file that stays as it is needs no line each time.
    if (!problem.isEmpty() && !problem.equals(lastProblem)) {
      logger.warn("Headers of traces stay as they were: {}", problem);
    }
    lastProblem = problem;
    return latest;
  }

  private static ImmutableMap<String, String> read(Path file) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, UTF_8)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        throw new IOException(
            "tracing.headers-file: line %d of %s (expected: name: value)".formatted(number, file));
      }
      headers.put(name, value);
    }
    return ImmutableMap.copyOf(headers);
  }
}
