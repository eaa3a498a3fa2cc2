// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a TLS connection finds what it trusts and what it proves itself with. Read once, when the
 * client connects.
 *
 * @param trustRoots PEM certificates of whom to trust; null: the Java runtime's
 * @param certificateChain PEM certificates of the client, its own first; null: it has none
 * @param privateKey PEM PKCS #8 key of the client, not encrypted; null with {@code
 *     certificateChain}
 */
record TlsFiles(
    @Nullable Path trustRoots, @Nullable Path certificateChain, @Nullable Path privateKey) {

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  ChannelCredentials credentials() {
    TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
    try {
      if (trustRoots != null) {
        builder.trustManager(trustRoots.toFile());
      }
      if (certificateChain != null && privateKey != null) {
        builder.keyManager(certificateChain.toFile(), privateKey.toFile());
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "tls: %s (expected: PEM files that can be read)".formatted(this), unreadable);
    }
    return builder.build();
  }
}
