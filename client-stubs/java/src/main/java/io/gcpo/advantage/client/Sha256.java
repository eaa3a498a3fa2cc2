// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over parts. Used by one thread, once. */
final class Sha256 {
  static final int BYTES = 32;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("SHA-256: absent (expected: in every Java runtime)", absent);
    }
  }

  /** The 32 bytes of one part's digest. */
  static ByteString of(ByteString part) {
    return new Sha256().add(part).finish();
  }

  Sha256 add(ByteString part) {
    part.asReadOnlyByteBufferList().forEach(digest::update);
    return this;
  }

  Sha256 add(ByteBuffer part) {
    digest.update(part);
    return this;
  }

  ByteString finish() {
    return UnsafeByteOperations.unsafeWrap(digest.digest());
  }
}
