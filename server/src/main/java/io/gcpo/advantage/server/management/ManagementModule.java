// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.management.live.ForSampling;
import io.gcpo.advantage.server.management.live.LiveFigures;
import io.gcpo.advantage.server.management.live.RecentGroups;
import io.gcpo.advantage.server.management.page.PageModule;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    install(new PageModule());
    bind(RecentGroups.class).in(Singleton.class);
    bind(LiveFigures.class).in(Singleton.class);
    bind(Pages.class).in(Singleton.class);
    bind(ManagementServer.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), PipelineObserver.class).addBinding().to(RecentGroups.class);
    Multibinder<Managed> managed = Multibinder.newSetBinder(binder(), Managed.class);
    managed.addBinding().to(ManagementServer.class);
    if (config.isEnabled()) {
      managed.addBinding().to(LiveFigures.class);
    }
  }

  /** Closed by {@link LiveFigures}. */
  @Provides
  @Singleton
  @ForSampling
  ScheduledExecutorService sampling() {
    return Executors.newSingleThreadScheduledExecutor(
        new ThreadFactoryBuilder().setNameFormat("management-sampling").setDaemon(true).build());
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
