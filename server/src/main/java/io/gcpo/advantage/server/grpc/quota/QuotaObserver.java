// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

/** Hears of calls over a quota. Called from several threads; must be quick and must not throw. */
@FunctionalInterface
public interface QuotaObserver {
  /** A call was refused, or would have been. */
  void exceeded(QuotaLimit limit, QuotaMode mode);
}
