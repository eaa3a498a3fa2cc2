// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/** The samples of a scrape in Prometheus's text format, by name and tags as written. */
public final class Exposition {
  private final Map<String, Double> samples = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, String> help = new TreeMap<>();

  private Exposition() {}

  static Exposition of(PrometheusMeterRegistry registry) {
    return of(registry.scrape());
  }

  /** What {@code /metrics} answers. */
  public static Exposition of(String text) {
    Exposition exposition = new Exposition();
    text.lines().forEach(exposition::add);
    return exposition;
  }

  private void add(String line) {
    String[] words = line.split(" ", 4);
    if (line.startsWith("# TYPE")) {
      types.put(words[2], words[3]);
    } else if (line.startsWith("# HELP")) {
      help.put(words[2], words.length > 3 ? words[3].strip() : "");
    } else {
      int end = line.lastIndexOf(' ');
      samples.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
    }
  }

  double sample(String nameAndTags) {
    assertThat(samples.keySet()).contains(nameAndTags);
    return samples.getOrDefault(nameAndTags, Double.NaN);
  }

  /** Values by name and tags as written. */
  public Map<String, Double> samples() {
    return samples;
  }

  Map<String, String> types() {
    return types;
  }

  Map<String, String> help() {
    return help;
  }
}
