// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The management port. Listed first, so that it is watched until the last component stopped. */
public final class ManagementModule extends AbstractModule {
  private static final int THREADS = 4;
  private static final int QUEUE = 64;

  private final ManagementConfig config;

  public ManagementModule(ManagementConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(ManagementConfig.class).toInstance(config);
    bind(Pages.class).in(Singleton.class);
    bind(ManagementServer.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(ManagementServer.class);
  }

  /** Closed by {@link ManagementServer}. */
  @Provides
  @Singleton
  @ForManagement
  ExecutorService executor() {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(QUEUE),
        new ThreadFactoryBuilder().setNameFormat("management-%d").setDaemon(true).build());
  }
}
