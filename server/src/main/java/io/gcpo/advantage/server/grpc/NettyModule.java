// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.auth.Authenticator;
import io.gcpo.advantage.server.auth.RefusalLog;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.grpc.quota.QuotaConfig;
import io.gcpo.advantage.server.grpc.quota.QuotaInterceptor;
import io.gcpo.advantage.server.grpc.tls.ServerTls;
import io.gcpo.advantage.server.metrics.QuotaMeters;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.gcpo.advantage.server.reload.Reloadable;
import io.gcpo.advantage.server.reload.Reloader;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Serves on a TCP port. */
public final class NettyModule extends AbstractModule {
  private final SecurityConfig security;
  private final ConnectionConfig connections;
  private final QuotaConfig quota;

  /** What guards the port, and what one connection and one client may do. */
  public NettyModule(SecurityConfig security, ConnectionConfig connections, QuotaConfig quota) {
    this.security = security;
    this.connections = connections;
    this.quota = quota;
  }

  @Override
  protected void configure() {
    bind(ConnectionConfig.class).toInstance(connections);
    bind(QuotaConfig.class).toInstance(quota);
    bind(SecurityConfig.class).toInstance(security);
    bind(Transport.class).to(NettyTransport.class).in(Singleton.class);
    bind(NettyTransport.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(Reloader.class);
  }

  @Provides
  @Singleton
  ServerTls provideTls() {
    return new ServerTls(security.tls(), Clock.systemUTC());
  }

  @Provides
  @Singleton
  Authenticator provideAuthenticator() {
    return new Authenticator(security.auth());
  }

  @Provides
  @Singleton
  AuthInterceptor provideAuthInterceptor(
      Authenticator authenticator, AuthObserver observer, Ticker ticker) {
    return new AuthInterceptor(authenticator, observer, new RefusalLog(ticker));
  }

  @Provides
  @Singleton
  QuotaInterceptor provideQuotaInterceptor(
      LimitsConfig limits,
      QuotaMeters meters,
      @ForGrpc ScheduledExecutorService timers,
      Ticker ticker) {
    return new QuotaInterceptor(
        quota,
        limits.maxMessageBytes(),
        Caller::name,
        timers,
        ticker,
        ErrorStatusMapper::close,
        (limit, mode) -> meters.exceeded(limit.name(), mode.name()));
  }

  @Provides
  @Singleton
  Reloader provideReloader(ServerTls tls, Authenticator authenticator, ReloadObserver observer) {
    return new Reloader(
        ImmutableList.<Reloadable>builder()
            .addAll(tls.reloadables())
            .addAll(authenticator.reloadables())
            .build(),
        observer,
        security.reloadInterval(),
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("reload-%d").setDaemon(true).build()));
  }
}
