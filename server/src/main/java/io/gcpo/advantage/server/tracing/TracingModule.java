// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.grpc.ServerInterceptor;

/**
 * Traces, if they are on. Otherwise nothing of it is there, not even OpenTelemetry's classes: what
 * knows them is installed by name only then. Needs {@link SpanObserver}.
 */
public final class TracingModule extends AbstractModule {
  private final TracingConfig config;

  public TracingModule(TracingConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), Key.get(ServerInterceptor.class, ForTracing.class));
    OptionalBinder.newOptionalBinder(binder(), CurrentTrace.class);
    if (config.isEnabled()) {
      bind(TracingConfig.class).toInstance(config);
      bind(CurrentTrace.class).in(Singleton.class);
      install(new ExportModule());
    }
  }
}
