// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** A kernel with a name for the tables. */
record MeasuredKernel(String name, KernelPlan plan) {

  /** Those that need nothing of the caller, as they are and then with a calibrated temperature. */
  static List<MeasuredKernel> all() {
    Set<NamedKernel> given = EnumSet.of(NamedKernel.CLUSTER, NamedKernel.PRECOMPUTED);
    List<MeasuredKernel> plain = new ArrayList<>();
    List<MeasuredKernel> calibrated = new ArrayList<>();
    for (NamedKernel kernel : EnumSet.complementOf(EnumSet.copyOf(given))) {
      String name = kernel.name().toLowerCase(Locale.ROOT);
      plain.add(new MeasuredKernel(name, kernel.plan()));
      calibrated.add(new MeasuredKernel(name + ", calibrated", kernel.plan().withCalibration()));
    }
    plain.addAll(calibrated);
    return plain;
  }

  /** K after the temperature; the first {@code originals} are the group, all of them correct. */
  SymmetricMatrix of(ComparedRollouts rollouts, int originals) {
    return plan.apply(rollouts, originals, IntStream.range(0, originals).toArray()).matrix();
  }
}
