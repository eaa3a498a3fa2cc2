// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.Limit;
import io.gcpo.advantage.server.pipeline.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is wrong with one thing, collected before anybody is told. One thread's. */
final class Violations {
  private final List<Violation> found = new ArrayList<>();
  private boolean onlyLimits = true;

  /** A field that is malformed or out of its range. */
  void invalid(String field, String problem) {
    found.add(new Violation(field, problem));
    onlyLimits = false;
  }

  /** A size or count over its limit. */
  void overLimit(Limit limit, String field, String actual, long max) {
    found.add(new Violation(field, actual + " (expected: <= " + max + ")", Optional.of(limit)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** LIMIT if all there is is too much of something. */
  Reason reason() {
    return onlyLimits ? Reason.LIMIT : Reason.INVALID_FIELD;
  }

  ImmutableList<Violation> toList() {
    return ImmutableList.copyOf(found);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidRequestException(reason().name(), found);
    }
  }
}
