// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.grpc.tls.ServerTls;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.gcpo.advantage.server.reload.Reloader;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Serves on a TCP port. */
public final class NettyModule extends AbstractModule {
  private final SecurityConfig security;

  /** What guards the port. */
  public NettyModule(SecurityConfig security) {
    this.security = security;
  }

  @Override
  protected void configure() {
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
  Reloader provideReloader(ServerTls tls, ReloadObserver observer) {
    return new Reloader(
        tls.reloadables(),
        observer,
        security.reloadInterval(),
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("reload-%d").setDaemon(true).build()));
  }
}
