// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The chart as the tests render it.
 *
 * <p>Helm's library leaves hooks out of what it renders, so the pod of {@code helm test} is an
 * ordinary document here.
 */
final class ChartCopy {
  private static final Path COPY = Path.of("target", "chart", "gcpo-advantage");
  private static final Path TEST = Path.of("templates", "tests", "score.yaml");
  private static final String HOOK = "    helm.sh/hook: test\n";

  private ChartCopy() {}

  static Path of(Path chart) {
    try {
      delete(COPY);
      copy(chart, COPY);
      String test = Files.readString(chart.resolve(TEST));
      if (!test.contains(HOOK)) {
        throw new AssertionError(TEST + ": not a hook (expected: an annotation " + HOOK + ")");
      }
      Files.writeString(COPY.resolve(TEST), test.replace(HOOK, ""));
      return COPY;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
