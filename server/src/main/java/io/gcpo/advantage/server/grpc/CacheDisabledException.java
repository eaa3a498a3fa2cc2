// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

/** The caller submits texts to a server that keeps no embeddings. */
final class CacheDisabledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheDisabledException() {
    super("embedding.cache-bytes: 0 (expected: > 0, to keep what is submitted)");
  }
}
