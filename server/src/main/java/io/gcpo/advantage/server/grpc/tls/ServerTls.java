// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.Reloadable;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS of the gRPC port, or that there is none. */
public final class ServerTls {
  private final TlsConfig config;
  private final @Nullable ServerIdentity identity;
  private final @Nullable ClientRoots clientRoots;

  /** Reads no file yet. */
  public ServerTls(TlsConfig config, Clock clock) {
    this.config = config;
    this.identity =
        config.certificateChain() == null || config.privateKey() == null
            ? null
            : new ServerIdentity(config.certificateChain(), config.privateKey(), clock);
    this.clientRoots = config.clientCa() == null ? null : new ClientRoots(config.clientCa(), clock);
  }

  /** What has to be loaded before the first connection. */
  public ImmutableList<Reloadable> reloadables() {
    ImmutableList.Builder<Reloadable> all = ImmutableList.builder();
    if (identity != null) {
      all.add(identity);
    }
    if (clientRoots != null) {
      all.add(clientRoots);
    }
    return all.build();
  }

  /** Empty: plain text. */
  public Optional<SslContext> context() throws SSLException {
    if (identity == null) {
      return Optional.empty();
    }
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forServer(identity.manager()))
            .protocols(config.minimumVersion().protocols());
    if (clientRoots != null) {
      builder.trustManager(clientRoots.manager()).clientAuth(clientAuth());
    }
    return Optional.of(builder.build());
  }

  /** For the log. */
  @Override
  public String toString() {
    if (identity == null) {
      return "plain text";
    }
    String clients =
        clientRoots == null ? "none" : config.clientCertificates().name().toLowerCase(Locale.ROOT);
    return "TLS %s or newer by %s, client certificates: %s"
        .formatted(config.minimumVersion(), SslContext.defaultServerProvider(), clients);
  }

  private ClientAuth clientAuth() {
    return switch (config.clientCertificates()) {
      case REQUIRED -> ClientAuth.REQUIRE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
    };
  }
}
