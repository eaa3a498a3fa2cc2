// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The settings cannot be used; names every problem that was found, not only the first. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ImmutableList<String> problems;

  InvalidConfigException(List<String> problems) {
    super("configuration:\n  " + String.join("\n  ", problems));
    this.problems = ImmutableList.copyOf(problems);
  }

  /** At least one, each of the form {@code grpc.port: -1 (expected: 0 to 65535)}. */
  public List<String> problems() {
    return problems;
  }
}
