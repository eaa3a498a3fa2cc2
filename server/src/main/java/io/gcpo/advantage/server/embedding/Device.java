// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model runs.
 *
 * @param cudaIndex of the GPU, as CUDA numbers them; empty for the processor
 */
public record Device(OptionalInt cudaIndex) {
  /** The processor. */
  public static final Device CPU = new Device(OptionalInt.empty());

  private static final Pattern CUDA = Pattern.compile("cuda:([0-9]{1,3})");

  /** Reads {@code cpu} or {@code cuda:0}; throws IllegalArgumentException. */
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(text);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(text + " (expected: cpu or cuda:0, cuda:1, ...)");
    }
    return new Device(OptionalInt.of(Integer.parseInt(cuda.group(1))));
  }

  /** {@code cpu} or, for example, {@code cuda:0}. */
  @Override
  public String toString() {
    return cudaIndex.isEmpty() ? "cpu" : "cuda:" + cudaIndex.getAsInt();
  }
}
