// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.RefusedException;
import io.gcpo.advantage.server.reload.Reloadable;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Who may sign clients' certificates. Thread-safe. */
final class ClientRoots implements Reloadable {
  private final SourceFile file;
  private final Clock clock;
  private final AdvancedTlsX509TrustManager manager;

  private volatile @Nullable Instant expires; // null: nothing taken yet

  ClientRoots(Path file, Clock clock) {
    this.file = new SourceFile(TlsConfig.CLIENT_CA, file);
    this.clock = clock;
    try {
      // A client has no name that could be looked up.
      this.manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
    } catch (CertificateException e) {
      throw new IllegalStateException("no trust manager", e);
    }
  }

  /** Judges each new connection by what is in use then. */
  X509ExtendedTrustManager manager() {
    return manager;
  }

  @Override
  public Credential credential() {
    return Credential.CLIENT_CA;
  }

  @Override
  public List<SourceFile> files() {
    return ImmutableList.of(file);
  }

  @Override
  public Optional<Instant> expires() {
    return Optional.ofNullable(expires);
  }

  /** One that has expired spoils them all: it stands there by mistake. */
  @Override
  public void accept(List<byte[]> contents) throws RefusedException {
    ImmutableList<X509Certificate> roots = Pem.certificates(file, contents.get(0));
    for (X509Certificate root : roots) {
      Pem.requireValid(file, root, clock.instant());
    }
    try {
      manager.updateTrustCredentials(roots.toArray(X509Certificate[]::new));
    } catch (IOException | GeneralSecurityException unusable) {
      throw new RefusedException(
          file.problem("cannot be used (expected: certificates of authorities)"));
    }
    expires = Pem.firstExpiry(roots);
  }
}
