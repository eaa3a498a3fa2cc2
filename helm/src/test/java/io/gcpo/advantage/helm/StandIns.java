// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Small rules and a small dashboard, for as long as the chart does not have its own. */
final class StandIns {
  private static final Path FILES = Path.of("src", "test", "stand-ins");
  private static final Path COPY = Path.of("target", "chart", "gcpo-advantage");

  private StandIns() {}

  /** The chart itself if it has both, else a copy that has what it lacks. */
  static Path fill(Path chart) {
    List<String> missing =
        Stream.of("rules", "dashboards").filter(d -> !Files.exists(chart.resolve(d))).toList();
    if (missing.isEmpty()) {
      return chart;
    }
    copy(chart, COPY);
    missing.forEach(directory -> copy(FILES.resolve(directory), COPY.resolve(directory)));
    return COPY;
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
