// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A parsed request.
 *
 * @param entries in the order of the request
 * @param diversity whether diversity metrics and nearest neighbours are wanted
 */
public record AdvantageJob(List<JobEntry> entries, boolean diversity) {
  public AdvantageJob {
    entries = ImmutableList.copyOf(entries);
  }
}
