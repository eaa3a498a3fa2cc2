// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.rpc.ErrorInfo;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.stream.IntStream;

/** Requests whose texts were submitted before. */
final class Prefetched {
  private static final String CONTENT_NOT_FOUND = "CONTENT_NOT_FOUND";

  private Prefetched() {}

  /** The request with a hash in place of every rollout's text. */
  static ComputeAdvantagesRequest withHashes(ComputeAdvantagesRequest request) {
    ComputeAdvantagesRequest.Builder hashed = request.toBuilder();
    for (RolloutGroup.Builder group : hashed.getGroupsBuilderList()) {
      for (Rollout.Builder rollout : group.getRolloutsBuilderList()) {
        if (rollout.hasText()) {
          rollout.setContentSha256(Sha256.of(rollout.getTextBytes()));
        }
      }
    }
    return hashed.build();
  }

  /** The places of the groups of which the server lacks a text that a hash stood for. */
  static List<Integer> lacking(List<GroupResult> results) {
    return IntStream.range(0, results.size())
        .filter(i -> lacksText(results.get(i)))
        .boxed()
        .toList();
  }

  private static boolean lacksText(GroupResult result) {
    return result.hasError()
        && StatusDetails.find(result.getError(), ErrorInfo.class)
            .filter(info -> info.getReason().equals(CONTENT_NOT_FOUND))
            .isPresent();
  }
}
