// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClientOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how {@code --target} is spoken to: without any of them in plain text. */
final class TlsOptions {
  @Option(
      names = "--tls",
      description = "Speak TLS with --target, trusting whom the Java runtime trusts.")
  private boolean tls;

  @Option(
      names = "--tls-roots",
      paramLabel = "FILE",
      description = "Speak TLS with --target, trusting these PEM certificates and nobody else.")
  private @Nullable Path roots;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Show --target this PEM certificate (mutual TLS); needs --tls-key.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The PEM key of --tls-certificate, PKCS #8, not encrypted.")
  private @Nullable Path key;

  TlsOptions() {}

  /** Throws {@link InputException} if certificate and key do not come together. */
  void applyTo(AdvantageClientOptions.Builder options) {
    if (tls) {
      options.tls();
    }
    if (roots != null) {
      options.trustRoots(roots);
    }
    if (certificate != null && key != null) {
      options.clientCertificate(certificate, key);
    } else if (certificate != null || key != null) {
      throw new InputException(
          "%s: none (expected: a file, as %s is set)"
              .formatted(
                  key == null ? "--tls-key" : "--tls-certificate",
                  key == null ? "--tls-certificate" : "--tls-key"));
    }
  }
}
