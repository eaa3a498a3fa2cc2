// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code NAME:SHA256}, one a line; empty lines and lines that start with # do not count.
 * Messages name the line and quote nothing: people write tokens where hashes belong.
 */
final class TokenLines {
  /** Every call is compared with every token. */
  static final int MAX_TOKENS = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  private TokenLines() {}

  /**
   * All of the lines.
   *
   * @throws IllegalArgumentException with a message for people, if any cannot be used or none is
   *     there
   */
  static AcceptedTokens parse(String text) {
    ImmutableList.Builder<TokenHash> entries = ImmutableList.builder();
    Map<HashCode, Integer> lineOfHash = new HashMap<>();
    int number = 0;
    for (String line : Splitter.on('\n').split(text)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      TokenHash entry = parse(stripped, number);
      Integer before = lineOfHash.putIfAbsent(entry.sha256(), number);
      if (before != null) {
        throw new IllegalArgumentException(
            "has the same token in lines %d and %d (expected: each token once)"
                .formatted(before, number));
      }
      entries.add(entry);
    }
    if (lineOfHash.isEmpty() || lineOfHash.size() > MAX_TOKENS) {
      throw new IllegalArgumentException(
          "has %d tokens (expected: 1 to %d)".formatted(lineOfHash.size(), MAX_TOKENS));
    }
    return new AcceptedTokens(entries.build());
  }

  /** Throws IllegalArgumentException unless a client can be called that. */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("1 to 64 letters, digits, '.', '_' or '-'");
    }
    return name;
  }

  private static TokenHash parse(String line, int number) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    String hash = line.substring(colon + 1).strip();
    if (!NAME.matcher(name).matches() || !HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          ("line %d does not parse (expected: NAME:SHA256, the name of 1 to 64 letters, digits, '.',"
                  + " '_' or '-', the hash of 64 hexadecimal digits)")
              .formatted(number));
    }
    return new TokenHash(name, HashCode.fromString(hash.toLowerCase(Locale.ROOT)));
  }
}
