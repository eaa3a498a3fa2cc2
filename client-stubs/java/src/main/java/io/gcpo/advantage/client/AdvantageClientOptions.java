// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.time.Duration;

/**
 * How an {@link AdvantageClient} connects and calls. Immutable.
 *
 * @param target {@code host:port} or a gRPC target such as {@code dns:///service:50051}; calls are
 *     spread over all addresses the name resolves to
 * @param deadline for one call, its retries included; positive
 * @param maxMessageBytes largest answer taken, in bytes; at least 1
 * @param callRetryBytes bytes of one request kept for retries; a larger request is sent once and
 *     never again; at least 1
 * @param totalRetryBytes the same over all calls in flight; at least {@code callRetryBytes}
 */
public record AdvantageClientOptions(
    String target,
    Duration deadline,
    int maxMessageBytes,
    long callRetryBytes,
    long totalRetryBytes) {

  /** The deadline of a call where nothing else is said. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

  private static final int MIB = 1 << 20;

  public AdvantageClientOptions {
    require(!target.isBlank(), "target", "\"" + target + "\"", "host:port");
    requirePositive(deadline);
    require(maxMessageBytes >= 1, "maxMessageBytes", maxMessageBytes, ">= 1");
    require(callRetryBytes >= 1, "callRetryBytes", callRetryBytes, ">= 1");
    require(
        totalRetryBytes >= callRetryBytes,
        "totalRetryBytes",
        totalRetryBytes,
        ">= callRetryBytes, " + callRetryBytes);
  }

  /** Options for a target, everything else by default. */
  public static Builder builder(String target) {
    return new Builder(target);
  }

  static Duration requirePositive(Duration deadline) {
    require(
        !deadline.isNegative() && !deadline.isZero(), "deadline", deadline, "a positive duration");
    return deadline;
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {
    private final String target;
    private Duration deadline = DEFAULT_DEADLINE;
    private int maxMessageBytes = 64 * MIB;
    private long callRetryBytes = 64L * MIB;
    private long totalRetryBytes = 512L * MIB;

    private Builder(String target) {
      this.target = target;
    }

    /** For one call, its retries included. Default: 60 s. */
    public Builder deadline(Duration deadline) {
      this.deadline = deadline;
      return this;
    }

    /** Largest answer taken, in bytes. Default: 64 MiB. */
    public Builder maxMessageBytes(int maxMessageBytes) {
      this.maxMessageBytes = maxMessageBytes;
      return this;
    }

    /** Bytes of one request kept for retries. Default: 64 MiB. */
    public Builder callRetryBytes(long callRetryBytes) {
      this.callRetryBytes = callRetryBytes;
      return this;
    }

    /** Bytes of all requests in flight kept for retries. Default: 512 MiB. */
    public Builder totalRetryBytes(long totalRetryBytes) {
      this.totalRetryBytes = totalRetryBytes;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public AdvantageClientOptions build() {
      return new AdvantageClientOptions(
          target, deadline, maxMessageBytes, callRetryBytes, totalRetryBytes);
    }
  }
}
