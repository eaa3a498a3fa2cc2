// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.pipeline.text.ReadingAhead;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import io.gcpo.advantage.server.pipeline.text.TextsConfig;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wires the pipeline, the pure calculator and the executor that the maths runs on. Needs {@link
 * PipelineObserver} and {@link TextCacheObserver}.
 */
public final class PipelineModule extends AbstractModule {
  /** Groups that may wait for a core; one more is refused, and its request with it. */
  private static final int MAX_WAITING_GROUPS = 65_536;

  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final TextsConfig config;

  /** What is kept of submitted texts. */
  public PipelineModule(TextsConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(AdvantagePipeline.class).in(Singleton.class);
    bind(SubmissionPipeline.class).in(Singleton.class);
    bind(ComputePool.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(ComputePool.class);
  }

  @Provides
  @Singleton
  AdvantageCalculator provideCalculator() {
    return new AdvantageCalculator();
  }

  @Provides
  @Singleton
  EstimatorRegistry provideEstimators() {
    return new EstimatorRegistry();
  }

  @Provides
  @Singleton
  TextMemory provideTextMemory(TextCacheObserver observer) {
    return new TextMemory(config, observer);
  }

  @Provides
  @Singleton
  ReadingAhead provideReadingAhead(TextMemory memory, @ForCompute Executor compute) {
    return new ReadingAhead(memory, compute, THREADS);
  }

  @Provides
  @Singleton
  @ForCompute
  ExecutorService provideComputeService(PipelineObserver observer) {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MAX_WAITING_GROUPS),
        new ThreadFactoryBuilder().setNameFormat("compute-%d").setDaemon(true).build(),
        (task, pool) -> {
          observer.groupShed();
          throw new RejectedExecutionException("too many groups wait");
        });
  }

  @Provides
  @Singleton
  @ForCompute
  ScheduledExecutorService provideTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        new ThreadFactoryBuilder().setNameFormat("compute-watch-%d").setDaemon(true).build());
  }

  @Provides
  @Singleton
  ComputeWatch provideWatch(@ForCompute ScheduledExecutorService timer) {
    return new ComputeWatch(timer);
  }

  @Provides
  @Singleton
  @ForCompute
  Executor provideCompute(@ForCompute ExecutorService service) {
    return service;
  }
}
