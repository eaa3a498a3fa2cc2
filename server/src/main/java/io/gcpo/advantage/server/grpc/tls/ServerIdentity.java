// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.RefusedException;
import io.gcpo.advantage.server.reload.Reloadable;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificates and their key. gRPC's own watching of files is not used: it reads the
 * two apart and swaps them in although they are no pair. Thread-safe.
 */
final class ServerIdentity implements Reloadable {
  private final SourceFile chainFile;
  private final SourceFile keyFile;
  private final Clock clock;
  private final AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();

  private volatile @Nullable Instant expires; // null: nothing taken yet

  ServerIdentity(Path chain, Path key, Clock clock) {
    this.chainFile = new SourceFile(TlsConfig.CHAIN, chain);
    this.keyFile = new SourceFile(TlsConfig.KEY, key);
    this.clock = clock;
  }

  /** Hands each new connection what is in use then. */
  X509ExtendedKeyManager manager() {
    return manager;
  }

  @Override
  public Credential credential() {
    return Credential.IDENTITY;
  }

  @Override
  public List<SourceFile> files() {
    return ImmutableList.of(chainFile, keyFile);
  }

  @Override
  public Optional<Instant> expires() {
    return Optional.ofNullable(expires);
  }

  @Override
  public void accept(List<byte[]> contents) throws RefusedException {
    ImmutableList<X509Certificate> chain = Pem.certificates(chainFile, contents.get(0));
    PrivateKey key = Pem.key(keyFile, contents.get(1));
    Pem.requireValid(chainFile, chain.get(0), clock.instant());
    if (!KeyMatch.isPair(key, chain.get(0).getPublicKey())) {
      throw new RefusedException(
          keyFile.problem(
              "is not the key of the first certificate in %s (expected: a pair)"
                  .formatted(chainFile.path())));
    }
    manager.updateIdentityCredentials(chain.toArray(X509Certificate[]::new), key);
    expires = Pem.firstExpiry(chain);
  }
}
