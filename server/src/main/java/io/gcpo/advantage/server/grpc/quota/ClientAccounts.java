// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;

/**
 * The account of each client, made when it first calls. A server knows up to a thousand names at
 * one time; those that a new file of tokens no longer has are forgotten in time. Thread-safe.
 */
final class ClientAccounts {
  /** Names of now, and of some files before. */
  private static final int MAX_CLIENTS = 4_096;

  private final LoadingCache<String, ClientAccount> accounts;

  ClientAccounts(QuotaConfig config, Ticker ticker) {
    accounts =
        CacheBuilder.newBuilder()
            .maximumSize(MAX_CLIENTS)
            // One segment: else each has its share of the names, and forgets some before their
            // time.
            .concurrencyLevel(1)
            .build(
                CacheLoader.from(
                    client ->
                        new ClientAccount(client, config.of(client), config.burst(), ticker)));
  }

  /** That of the client of this name. */
  ClientAccount of(String client) {
    return accounts.getUnchecked(client);
  }

  long size() {
    return accounts.size();
  }
}
