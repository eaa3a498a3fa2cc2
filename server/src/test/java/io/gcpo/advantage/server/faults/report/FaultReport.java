// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a suite of faults saw, as a table on standard output and in {@code target/faults}.
 * Thread-safe while it counts; a run without enough load before the fault is no evidence and fails.
 */
public final class FaultReport {
  private static final Path FOLDER = Path.of("target", "faults");

  private final String suite;
  private final List<String> figures = new ArrayList<>();
  private final LongAdder faults = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder hung = new LongAdder();

  public FaultReport(String suite) {
    this.suite = suite;
  }

  /** A fault was injected. */
  public void fault() {
    faults.increment();
  }

  /** A call had its right answer. */
  public void answered() {
    answered.increment();
  }

  /** A call ended with a status that its situation allows. */
  public void refused() {
    refused.increment();
  }

  /** A call ended with a status that it should not have had. */
  public void lost() {
    lost.increment();
  }

  /** A call had an answer with other numbers than it should. */
  public void wrong() {
    wrong.increment();
  }

  /** A call was not over a second after its deadline. */
  public void hung() {
    hung.increment();
  }

  public long answeredSoFar() {
    return answered.sum();
  }

  /** Another figure of this suite, for example growth of memory with its unit. */
  public synchronized void figure(String name, Object value) {
    figures.add("%s: %s".formatted(name, value));
  }

  /** Throws unless {@code calls} answers before the first fault are at least {@code needed}. */
  public void requireLoad(long calls, long needed) {
    assertThat(calls)
        .as("%s: load before the fault; the run is invalid", suite)
        .isGreaterThanOrEqualTo(needed);
  }

  /** Prints the table and throws unless nothing was lost, wrong or hung. */
  public synchronized void finish() throws IOException {
    String table =
        """
        | suite | faults | answered | refused | lost | wrong | hung |
        |---|---|---|---|---|---|---|
        | %s | %d | %d | %d | %d | %d | %d |
        """
            .formatted(
                suite,
                faults.sum(),
                answered.sum(),
                refused.sum(),
                lost.sum(),
                wrong.sum(),
                hung.sum());
    String text = table + String.join("\n", figures) + "\n";
    System.out.println(text);
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(suite + ".md"), text);
    assertThat(faults.sum()).as("%s: faults", suite).isPositive();
    assertThat(List.of(lost.sum(), wrong.sum(), hung.sum()))
        .as("%s: lost, wrong, hung", suite)
        .containsOnly(0L);
  }
}
