// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

/** What a client may have only so much of. */
public enum QuotaLimit {
  CALLS_PER_SECOND("calls a second"),
  BYTES_PER_SECOND("bytes of request messages a second"),
  CONCURRENT_CALLS("calls open at one time");

  private final String meaning;

  QuotaLimit(String meaning) {
    this.meaning = meaning;
  }

  /** For people. */
  String meaning() {
    return meaning;
  }
}
