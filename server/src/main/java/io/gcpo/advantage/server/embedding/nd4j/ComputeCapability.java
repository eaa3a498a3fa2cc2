// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a GPU can run, as NVIDIA numbers it, for example 8.6. */
record ComputeCapability(int major, int minor) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");

  /** Empty if {@code text} is not of the form {@code 8.6}. */
  static Optional<ComputeCapability> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ComputeCapability(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  boolean atLeast(ComputeCapability other) {
    return major > other.major || (major == other.major && minor >= other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
