// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The figures of a run as they were read, in the order of time. Not thread-safe. */
final class Recording {
  private final List<Sample> samples = new ArrayList<>();

  /** What was read at one time; a figure that was not looked at then is missing. */
  private record Sample(double seconds, Map<Figure, Double> values) {}

  /** Notes what was read {@code since} the beginning. */
  void add(Duration since, Map<Figure, Double> values) {
    samples.add(new Sample(since.toMillis() / 1e3, new EnumMap<>(values)));
  }

  /** From the middle of the run to its end. */
  Duration secondHalf() {
    return Duration.ofMillis(Math.round((end() - begin()) / 2 * 1e3));
  }

  /** How a figure grew in the second half of the run. */
  Trend trend(Figure figure) {
    double middle = (begin() + end()) / 2;
    List<Sample> points =
        samples.stream()
            .filter(sample -> sample.seconds >= middle && sample.values.containsKey(figure))
            .toList();
    return Trend.of(
        points.stream().mapToDouble(Sample::seconds).toArray(),
        points.stream().mapToDouble(sample -> value(sample, figure)).toArray());
  }

  double last(Figure figure) {
    for (int i = samples.size() - 1; i >= 0; i--) {
      if (samples.get(i).values.containsKey(figure)) {
        return value(samples.get(i), figure);
      }
    }
    return Double.NaN;
  }

  /** One line a sample, one column a figure. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    StringJoiner header = new StringJoiner(",").add("seconds");
    for (Figure figure : Figure.values()) {
      header.add(figure.name().toLowerCase(Locale.ROOT));
    }
    lines.add(header.toString());
    for (Sample sample : samples) {
      StringJoiner line = new StringJoiner(",").add("%.1f".formatted(sample.seconds));
      for (Figure figure : Figure.values()) {
        Double value = sample.values.get(figure);
        line.add(value == null ? "" : "%.0f".formatted(value));
      }
      lines.add(line.toString());
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  private double begin() {
    return samples.get(0).seconds;
  }

  private double end() {
    return samples.get(samples.size() - 1).seconds;
  }

  private static double value(Sample sample, Figure figure) {
    return sample.values.getOrDefault(figure, Double.NaN);
  }
}
