// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.Limits;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Cuts a call into requests that keep to the server's limits. */
final class ComputeSplit {
  private ComputeSplit() {}

  /**
   * The requests, at least one.
   *
   * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED, where the groups need several
   *     requests and must not be taken apart; INVALID_ARGUMENT, where they would hide a group id
   *     that occurs twice
   */
  static List<ComputePart> parts(ComputePart call, GetServerInfoResponse info) {
    ComputeAdvantagesRequest request = call.request();
    ComputeAdvantagesRequest header = request.toBuilder().clearGroups().build();
    Limits limits = info.getLimits();
    List<Split.Range> ranges =
        Split.ranges(
            i -> "groups[" + call.positions().get(i) + "]",
            request.getGroupsCount(),
            i -> request.getGroups(i).getSerializedSize(),
            limits.getMaxGroupsPerRequest(),
            limits.getMaxMessageBytes(),
            header.getSerializedSize());
    if (ranges.size() <= 1) {
      return List.of(call);
    }
    BatchLevel.of(request, info)
        .ifPresent(
            estimator -> {
              throw Split.tooLarge(
                  "groups: %d requests (expected: one, as %s normalises over all groups of it; of %d groups and %d bytes at most)"
                      .formatted(
                          ranges.size(),
                          estimator,
                          limits.getMaxGroupsPerRequest(),
                          limits.getMaxMessageBytes()));
            });
    requireDistinct(request);
    return IntStream.range(0, ranges.size())
        .mapToObj(i -> part(call, header, i + 1, ranges.get(i)))
        .toList();
  }

  private static ComputePart part(
      ComputePart call, ComputeAdvantagesRequest header, int number, Split.Range range) {
    return new ComputePart(
        header.toBuilder()
            .setRequestId(RequestIds.part(header.getRequestId(), Integer.toString(number)))
            .addAllGroups(call.request().getGroupsList().subList(range.first(), range.end()))
            .build(),
        call.positions().subList(range.first(), range.end()),
        false);
  }

  private static void requireDistinct(ComputeAdvantagesRequest request) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < request.getGroupsCount(); i++) {
      String id = request.getGroups(i).getGroupId();
      if (!ids.add(id)) {
        throw Status.INVALID_ARGUMENT
            .withDescription(
                "groups[%d].group_id: \"%s\" twice (expected: distinct ids)".formatted(i, id))
            .asRuntimeException();
      }
    }
  }
}
