// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.hash.HashCode;

/**
 * One accepted token.
 *
 * @param client whose it is
 * @param sha256 of the token's characters
 */
public record TokenHash(String client, HashCode sha256) {

  /** Of a token that the client is to send. */
  public static TokenHash of(String client, String token) {
    return new TokenHash(TokenLines.requireName(client), AcceptedTokens.sha256(token));
  }

  /** As it is written into a file of tokens. */
  public String line() {
    return client + ":" + sha256;
  }

  /** Without the hash: it has no business in a log. */
  @Override
  public String toString() {
    return client + ":***";
  }
}
