// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.RefusedException;
import io.gcpo.advantage.server.reload.Reloadable.SourceFile;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Reads PEM files. Messages quote nothing from them, and causes are left out: Java's own messages
 * may quote a key.
 */
final class Pem {
  private Pem() {}

  /** At least one certificate. */
  static ImmutableList<X509Certificate> certificates(SourceFile file, byte[] content)
      throws RefusedException {
    ImmutableList<X509Certificate> certificates;
    try {
      certificates =
          ImmutableList.copyOf(
              CertificateUtils.getX509Certificates(new ByteArrayInputStream(content)));
    } catch (CertificateException unreadable) {
      throw new RefusedException(
          file.problem("does not parse (expected: PEM certificates, nothing else)"));
    }
    if (certificates.isEmpty()) {
      throw new RefusedException(file.problem("holds no certificate (expected: PEM certificates)"));
    }
    return certificates;
  }

  /** A private key. */
  static PrivateKey key(SourceFile file, byte[] content) throws RefusedException {
    try {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(content));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
      throw new RefusedException(
          file.problem(
              "does not parse (expected: a PEM key in PKCS #8, RSA or EC, not encrypted)"));
    }
  }

  /** Refuses a certificate whose time is over or has not come. */
  static void requireValid(SourceFile file, X509Certificate certificate, Instant now)
      throws RefusedException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      throw new RefusedException(
          file.problem(
              "is valid from %s to %s (expected: a certificate that is valid now)"
                  .formatted(from, until)));
    }
  }

  /** When the first of these certificates expires. */
  static Instant firstExpiry(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
