// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;

/**
 * What one client may ask for; 0 stands for no limit.
 *
 * @param callsPerSecond that it may begin, over time
 * @param bytesPerSecond of request messages, over time
 * @param concurrentCalls that it may have open
 */
public record QuotaLimits(double callsPerSecond, long bytesPerSecond, int concurrentCalls) {
  /** No limits. */
  public static final QuotaLimits NONE = new QuotaLimits(0, 0, 0);

  /** Keys that begin with {@code prefix}; {@code general} is what holds where one is not set. */
  static QuotaLimits read(ConfigReader reader, String prefix, QuotaLimits general) {
    return new QuotaLimits(
        reader.real(prefix + "calls-per-second", general.callsPerSecond),
        reader.whole(prefix + "bytes-per-second", general.bytesPerSecond),
        reader.integer(prefix + "concurrent-calls", general.concurrentCalls));
  }

  /** Whether there is any limit. */
  boolean isOn() {
    return callsPerSecond > 0 || bytesPerSecond > 0 || concurrentCalls > 0;
  }

  /** Notes what is wrong with these, which were read with {@code prefix}. */
  void check(ConfigProblems problems, String prefix) {
    problems
        .require(
            callsPerSecond == 0 || (callsPerSecond >= 0.001 && callsPerSecond <= 1e9),
            "%scalls-per-second: %s (expected: 0, or 0.001 to 1e9)",
            prefix,
            callsPerSecond)
        .require(
            bytesPerSecond >= 0, "%sbytes-per-second: %d (expected: >= 0)", prefix, bytesPerSecond)
        .require(
            concurrentCalls >= 0,
            "%sconcurrent-calls: %d (expected: >= 0)",
            prefix,
            concurrentCalls);
  }
}
