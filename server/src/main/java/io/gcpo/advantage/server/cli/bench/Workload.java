// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What each call carries. Pure: the same slot gives the same request.
 *
 * @param groupsPerStep of a training step, or of one call where calls come at a rate
 * @param groupsPerCall of one call; the last of a step may have fewer
 * @param common every request, without its groups
 */
public record Workload(
    GroupSource source,
    int groupsPerStep,
    int groupsPerCall,
    Texts texts,
    ComputeAdvantagesRequest common) {
  /** Refuses empty calls. */
  public Workload {
    Expected.that(groupsPerStep >= 1, "groups", groupsPerStep, ">= 1");
    Expected.that(groupsPerCall >= 1, "groups-per-call", groupsPerCall, ">= 1");
  }

  /** How many calls make a step. */
  public int callsPerStep() {
    return (groupsPerStep - 1) / groupsPerCall + 1;
  }

  /** The same with the texts of another source. */
  public Workload from(GroupSource other) {
    return new Workload(other, groupsPerStep, groupsPerCall, texts, common);
  }

  ComputeAdvantagesRequest compute(Slot slot) {
    ComputeAdvantagesRequest.Builder request = common.toBuilder();
    groups(slot).forEach(request::addGroups);
    return request.build();
  }

  SubmitRolloutsRequest submit(Slot slot) {
    SubmitRolloutsRequest.Builder request =
        SubmitRolloutsRequest.newBuilder()
            .setModel(common.getModel())
            .setConfig(common.getConfig());
    groups(slot)
        .flatMap(group -> group.getRolloutsList().stream())
        .filter(Rollout::hasText)
        .forEach(rollout -> request.addTextsBytes(rollout.getTextBytes()));
    return request.build();
  }

  private Stream<RolloutGroup> groups(Slot slot) {
    int first = slot.part() * groupsPerCall;
    long edition = texts == Texts.REPEATED ? 0 : slot.step();
    return IntStream.range(first, Math.min(groupsPerStep, first + groupsPerCall))
        .mapToObj(index -> source.group(edition, index));
  }
}
