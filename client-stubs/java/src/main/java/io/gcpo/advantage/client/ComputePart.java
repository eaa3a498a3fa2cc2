// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One request of a call.
 *
 * @param request some or all groups of the call, in its order
 * @param positions [n] where each of them stands in the call
 * @param whole whether it has all groups of the call
 */
record ComputePart(ComputeAdvantagesRequest request, List<Integer> positions, boolean whole) {
  ComputePart {
    positions = List.copyOf(positions);
  }

  /** The call as one request. */
  static ComputePart whole(ComputeAdvantagesRequest request) {
    return new ComputePart(
        request, IntStream.range(0, request.getGroupsCount()).boxed().toList(), true);
  }

  /** Where a group of this request stands in the call; what is no group stays where it is. */
  int position(int place) {
    return place < positions.size() ? positions.get(place) : place;
  }

  /** The same groups with their answers at the same positions, in another form. */
  ComputePart with(ComputeAdvantagesRequest other) {
    return new ComputePart(other, positions, whole);
  }

  /** The same with the id of this part of the call: other content must not come under one id. */
  ComputePart withId(String part) {
    return with(
        request.toBuilder().setRequestId(RequestIds.part(request.getRequestId(), part)).build());
  }

  /** Some of the groups, by their places in this request; all of them leave it as it is. */
  ComputePart select(List<Integer> places) {
    if (places.size() == positions.size()) {
      return this;
    }
    ComputeAdvantagesRequest.Builder some = request.toBuilder().clearGroups();
    places.forEach(place -> some.addGroups(request.getGroups(place)));
    return new ComputePart(some.build(), places.stream().map(positions::get).toList(), false);
  }
}
