// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How good the kernels are: whether they tell solutions of the same steps from others (GSM8K) and
 * copies of a program from other programs (HumanEval), what they make of the credit, and what they
 * cost. Needs the files of groups that docs/kernels.md names.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   -Dbench.main=io.gcpo.advantage.server.diversity.kernel.KernelQuality \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl /path/to/humaneval_groups.jsonl report docs"
 * }</pre>
 *
 * <p>Arguments: the two files; which half of their groups, {@code report} (the default), {@code
 * tune} or {@code all}, see {@link Half}; a directory, in which kernels.md gets its tables and
 * kernels.svg is written anew. Without a directory the tables are printed. Figures other than times
 * are the same in every run.
 */
public final class KernelQuality {
  private KernelQuality() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    Half half = args.length > 2 ? Half.valueOf(args[2].toUpperCase(Locale.ROOT)) : Half.REPORT;
    TextSource source = new TextSource(TextSource.embeddedModel());
    QualityTask math = MathTask.of(Path.of(args[0]), half, source);
    QualityTask code = CodeTask.of(Path.of(args[1]), half, source);
    for (MeasuredKernel kernel : MeasuredKernel.all()) {
      // So that the times of the first kernels are not those of code that is yet to be compiled.
      KernelScore.of(kernel, math);
      KernelScore.of(kernel, code);
    }
    List<QualityRow> rows = new ArrayList<>();
    for (MeasuredKernel kernel : MeasuredKernel.all()) {
      QualityRow row = QualityRow.of(kernel, math, code);
      rows.add(row);
      System.err.printf(
          Locale.ROOT,
          "%-28s AUC %.3f %.3f %.3f%n",
          row.name(),
          row.mathArea().value(),
          row.sureMathArea().value(),
          row.codeArea().value());
    }
    QualityTables tables = new QualityTables(half, math, code, rows);
    if (args.length > 3) {
      KernelDocument document = new KernelDocument(Path.of(args[3]));
      document.writeTables(tables.markdown());
      document.writePlot(new QualityPlot(rows).svg());
    } else {
      System.out.print(tables.markdown());
    }
  }
}
