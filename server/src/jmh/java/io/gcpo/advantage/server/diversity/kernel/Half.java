// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which groups of a file: those that were looked at while kernels were made, or those held back
 * from it. A group is held back where the first byte of the SHA-256 of its id is odd.
 */
enum Half {
  REPORT,
  TUNE,
  ALL;

  boolean contains(String groupId) {
    return this == ALL || isHeldBack(groupId) == (this == REPORT);
  }

  private static boolean isHeldBack(String groupId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(groupId.getBytes(StandardCharsets.UTF_8));
      return (digest[0] & 1) == 1;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
