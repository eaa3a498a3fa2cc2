// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a record of settings. Its compact constructor states each rule with {@link
 * #require} and ends with {@link #throwIfAny}, so that a reader hears of all of them at once.
 * Confined to one thread.
 */
public final class ConfigProblems {
  private final List<String> messages = new ArrayList<>();

  /**
   * Notes a problem unless {@code ok}.
   *
   * @param messageFormat key, value and expectation, for example {@code "grpc.port: %d (expected: 0
   *     to 65535)"}: the reader finds the value's origin by the key before the first colon
   */
  @CanIgnoreReturnValue
  @FormatMethod
  public ConfigProblems require(boolean ok, @FormatString String messageFormat, Object... args) {
    if (!ok) {
      messages.add(String.format(Locale.ROOT, messageFormat, args));
    }
    return this;
  }

  /** Throws {@link InvalidConfigException} with all problems noted so far, if there are any. */
  public void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new InvalidConfigException(messages);
    }
  }
}
