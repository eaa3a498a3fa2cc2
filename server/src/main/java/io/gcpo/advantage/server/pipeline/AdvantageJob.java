// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import java.util.List;

/**
 * A parsed request.
 *
 * @param entries in the order of the request
 * @param diversity what to measure of each group
 */
public record AdvantageJob(List<JobEntry> entries, DiversityPlan diversity) {
  public AdvantageJob {
    entries = ImmutableList.copyOf(entries);
  }
}
