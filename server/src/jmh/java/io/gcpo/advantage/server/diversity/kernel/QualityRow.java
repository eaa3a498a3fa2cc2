// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.kernel.LabelledPairs.Interval;

/**
 * What the tables say of one kernel.
 *
 * @param calibrated whether each group has a temperature of its own, so that similarities of
 *     several groups cannot be compared
 * @param sureMathArea over the pairs whose texts are completely annotated
 */
record QualityRow(
    String name,
    boolean calibrated,
    KernelScore math,
    KernelScore code,
    Area mathArea,
    Area sureMathArea,
    Area codeArea) {

  /** An area under the ROC curve and how sure it is. */
  record Area(double value, Interval interval) {
    static Area of(LabelledPairs pairs) {
      return new Area(pairs.area(), pairs.interval());
    }
  }

  /** Asks a kernel all questions. */
  static QualityRow of(MeasuredKernel kernel, QualityTask math, QualityTask code) {
    KernelScore mathScore = KernelScore.of(kernel, math);
    KernelScore codeScore = KernelScore.of(kernel, code);
    return new QualityRow(
        kernel.name(),
        kernel.plan().calibrated(),
        mathScore,
        codeScore,
        Area.of(mathScore.pairs()),
        Area.of(mathScore.surePairs()),
        Area.of(codeScore.pairs()));
  }
}
