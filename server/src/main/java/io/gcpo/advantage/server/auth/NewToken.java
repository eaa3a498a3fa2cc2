// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.io.BaseEncoding;
import java.security.SecureRandom;

/** Makes tokens. */
public final class NewToken {
  /** By which people, and what looks for secrets in repositories, know a token. */
  private static final String PREFIX = "gcpo_";

  private static final int BYTES = 32;

  private NewToken() {}

  /** 256 random bits that need no quoting in a shell, a URL or YAML. */
  public static String random(SecureRandom randomness) {
    byte[] bits = new byte[BYTES];
    randomness.nextBytes(bits);
    return PREFIX + BaseEncoding.base64Url().omitPadding().encode(bits);
  }
}
