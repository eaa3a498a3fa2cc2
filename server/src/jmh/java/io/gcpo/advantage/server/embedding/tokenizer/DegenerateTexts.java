// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Milliseconds of processor time that each tokenizer takes for texts of 250,000, 500,000 and
 * 1,000,000 code points that repeat one thing, the best of a few rounds, and each by the one
 * before.
 *
 * <p>{@code mvn -q -Pbench package
 * -Dbench.main=io.gcpo.advantage.server.embedding.tokenizer.DegenerateTexts}, with the rounds in
 * {@code -Dbench.args} (3).
 */
public final class DegenerateTexts {
  private static final int[] SIZES = {250_000, 500_000, 1_000_000};

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private DegenerateTexts() {}

  /** Prints a table. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    GoldenTokenizers.References references = GoldenTokenizers.references();
    Map<String, Path> files = new TreeMap<>();
    references.ids().keySet().forEach(name -> files.put(name, GoldenTokenizers.file(name)));
    files.put("MiniLM", GoldenEmbeddings.model().tokenizerFile());

    System.out.println("| tokenizer | text | 250k | 500k | 1M | growth | growth |");
    System.out.println("|---|---|---|---|---|---|---|");
    files.forEach(
        (name, file) -> {
          try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(file)) {
            references
                .units()
                .forEach((kind, unit) -> print(name, kind, best(tokenizer, unit, rounds)));
          }
        });
  }

  private static double[] best(Tokenizer tokenizer, String unit, int rounds) {
    double[] best = new double[SIZES.length];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (int round = 0; round < rounds; round++) {
      for (int size = 0; size < SIZES.length; size++) {
        String text = GoldenTokenizers.repeat(unit, SIZES[size]);
        long begin = PROCESSOR.getCurrentThreadCpuTime();
        tokenizer.encode(text);
        best[size] = Math.min(best[size], (PROCESSOR.getCurrentThreadCpuTime() - begin) / 1e6);
      }
    }
    return best;
  }

  private static void print(String name, String kind, double[] best) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f | %.0f | %.2f | %.2f |%n",
        name,
        kind,
        best[0],
        best[1],
        best[2],
        best[1] / best[0],
        best[2] / best[1]);
  }
}
