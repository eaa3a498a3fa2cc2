// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;

/** What every server has, and the rules that every other module must keep. */
final class BootstrapModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
    Multibinder.newSetBinder(binder(), Managed.class);
    Multibinder.newSetBinder(binder(), ReadinessCheck.class);
    Multibinder.newSetBinder(binder(), LivenessCheck.class);
    bind(Readiness.class).in(Singleton.class);
    bind(Ticker.class).toInstance(Ticker.systemTicker());
    bind(BuildInfo.class).toProvider(BuildInfo::load).in(Singleton.class);
  }
}
