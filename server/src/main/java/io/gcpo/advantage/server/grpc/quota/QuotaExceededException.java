// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import java.math.BigDecimal;
import java.time.Duration;

/** A call is one more than its client may make now; nothing of its body was read. */
public final class QuotaExceededException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String client;
  private final QuotaLimit limit;
  private final Duration retryAfter;

  QuotaExceededException(String client, QuotaLimit limit, double value, Duration retryAfter) {
    super(
        "the client's quota: %s %s"
            .formatted(
                BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(), limit.meaning()),
        null,
        false,
        false);
    this.client = client;
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /** By the name of its token; empty where there are none. */
  public String client() {
    return client;
  }

  /** Which limit the call is over. */
  public QuotaLimit limit() {
    return limit;
  }

  /** When there should be room. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
