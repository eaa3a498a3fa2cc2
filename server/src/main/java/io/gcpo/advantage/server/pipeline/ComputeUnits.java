// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.estimator.BatchEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which entries of a job are computed together: groups whose estimator normalises over the request,
 * by equal choice of estimator and parameters; every other entry on its own.
 */
final class ComputeUnits {
  private ComputeUnits() {}

  /** Positions of entries, each in one unit. */
  static List<List<Integer>> of(List<JobEntry> entries) {
    List<List<Integer>> units = new ArrayList<>();
    Map<EstimatorChoice, List<Integer>> batches = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof GroupJob group
          && group.settings().choice().estimator() instanceof BatchEstimator) {
        batches.computeIfAbsent(group.settings().choice(), choice -> new ArrayList<>()).add(i);
      } else {
        units.add(ImmutableList.of(i));
      }
    }
    units.addAll(batches.values());
    return units;
  }
}
