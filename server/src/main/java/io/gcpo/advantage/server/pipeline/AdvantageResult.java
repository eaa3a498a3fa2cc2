// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;

/**
 * The outcomes of a job and where its time went.
 *
 * @param outcomes one for each entry of the job, in its order
 * @param embedding from the start to the last embedding, the wait for the model included
 * @param advantage from the last embedding to the last advantage
 * @param tokens embedded for this job; a text that occurs twice counts once, one from the cache not
 *     at all
 */
public record AdvantageResult(
    List<GroupOutcome> outcomes, Duration embedding, Duration advantage, long tokens) {
  public AdvantageResult {
    outcomes = ImmutableList.copyOf(outcomes);
  }
}
