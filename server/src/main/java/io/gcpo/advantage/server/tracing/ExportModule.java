// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.grpc.ServerInterceptor;
import java.time.Clock;

/** Spans and their export. */
final class ExportModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(SpanExport.class).in(Singleton.class);
    bind(TracingInterceptor.class).in(Singleton.class);
    bind(ServerInterceptor.class).annotatedWith(ForTracing.class).to(TracingInterceptor.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(SpanExport.class);
  }

  @Provides
  @Singleton
  Spans provideSpans(SpanExport export, CurrentTrace current, Ticker ticker) {
    return new Spans(export.tracer(), current, Clock.systemUTC(), ticker);
  }
}
