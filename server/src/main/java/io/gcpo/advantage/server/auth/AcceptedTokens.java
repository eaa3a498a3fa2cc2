// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Hashes of tokens and whose they are; a client may have several. Immutable. */
public final class AcceptedTokens {
  /** Accepts nobody. */
  public static final AcceptedTokens NONE = new AcceptedTokens(ImmutableList.of());

  /*
   * Tokens are random numbers of 256 bits, so a plain hash cannot be turned back, and what is
   * compared is a hash too: time, if it said anything, would speak of a hash that nobody can choose
   * the bits of. Still every entry is compared, all of it, whether or not one before was equal.
   */
  private final ImmutableList<TokenHash> entries;

  AcceptedTokens(ImmutableList<TokenHash> entries) {
    this.entries = entries;
  }

  /** Whose token this is; empty: nobody's. */
  Optional<String> clientOf(String token) {
    byte[] sent = sha256(token).asBytes();
    String client = null;
    for (TokenHash entry : entries) {
      if (MessageDigest.isEqual(entry.sha256().asBytes(), sent)) {
        client = entry.client();
      }
    }
    return Optional.ofNullable(client);
  }

  ImmutableList<TokenHash> entries() {
    return entries;
  }

  /** Whether there is no token at all. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Tells how many tokens there are and nothing else. */
  @Override
  public String toString() {
    return entries.size() + " tokens";
  }

  /** What is kept of a token. */
  static HashCode sha256(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
  }
}
