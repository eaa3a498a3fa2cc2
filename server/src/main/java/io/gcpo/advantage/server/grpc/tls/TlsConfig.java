// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS on the gRPC port; none without the two files.
 *
 * @param certificateChain PEM certificates, the server's own first
 * @param privateKey PEM PKCS #8 key of the first, not encrypted
 * @param clientCa PEM certificates of who may sign clients' certificates; null: clients show none
 */
public record TlsConfig(
    @Nullable Path certificateChain,
    @Nullable Path privateKey,
    @Nullable Path clientCa,
    ClientCertificates clientCertificates,
    TlsVersion minimumVersion) {
  static final String CHAIN = "grpc.tls.certificate-chain";
  static final String KEY = "grpc.tls.private-key";
  static final String CLIENT_CA = "grpc.tls.client-ca";

  public TlsConfig {
    new ConfigProblems()
        .require(
            certificateChain != null || privateKey == null,
            "grpc.tls.certificate-chain: none (expected: a file, as grpc.tls.private-key is set)")
        .require(
            certificateChain == null || privateKey != null,
            "grpc.tls.private-key: none (expected: a file, as grpc.tls.certificate-chain is set)")
        .require(
            certificateChain != null || clientCa == null,
            "grpc.tls.client-ca: set (expected: only with grpc.tls.certificate-chain)")
        .throwIfAny();
  }

  /** Keys {@code grpc.tls.*}. */
  public static TlsConfig read(ConfigReader reader) {
    return new TlsConfig(
        reader.path(CHAIN, null),
        reader.path(KEY, null),
        reader.path(CLIENT_CA, null),
        reader.choice(
            "grpc.tls.client-certificates", ClientCertificates.class, ClientCertificates.REQUIRED),
        reader.parsed("grpc.tls.minimum-version", TlsVersion.V1_3, "1.2 or 1.3", TlsVersion::of));
  }

  /** Whether there is TLS at all. */
  public boolean isOn() {
    return certificateChain != null;
  }
}
