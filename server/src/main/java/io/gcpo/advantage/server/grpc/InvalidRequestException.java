// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.pipeline.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is wrong as a whole; carries everything that is wrong with it. */
final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ImmutableList<Violation> violations;
  private final String reason;

  InvalidRequestException(String reason, List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.reason = reason;
    this.violations = ImmutableList.copyOf(violations);
  }

  /** Stable, for the caller's code. */
  String reason() {
    return reason;
  }

  ImmutableList<Violation> violations() {
    return violations;
  }
}
