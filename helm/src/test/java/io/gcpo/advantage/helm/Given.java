// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import org.jspecify.annotations.Nullable;

/** For the optional fields of Kubernetes' types. */
final class Given {
  private Given() {}

  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("a field is missing that the chart has to set");
    }
    return value;
  }
}
