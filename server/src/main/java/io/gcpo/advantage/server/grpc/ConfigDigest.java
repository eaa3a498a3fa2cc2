// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.gcpo.advantage.v1.AdvantageConfig;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What tells configurations apart at a glance. */
final class ConfigDigest {
  private ConfigDigest() {}

  /** SHA-256 of the configuration, whatever the order in which its maps were filled. */
  static ByteString of(AdvantageConfig config) {
    byte[] bytes = new byte[config.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      config.writeTo(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return UnsafeByteOperations.unsafeWrap(Hashing.sha256().hashBytes(bytes).asBytes());
  }
}
