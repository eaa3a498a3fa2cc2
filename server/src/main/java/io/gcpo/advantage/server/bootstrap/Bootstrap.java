// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Wires a list of modules and starts what they contribute. A module adds a component with {@code
 * Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(GrpcServer.class)}; components
 * start in the order of the modules.
 */
public final class Bootstrap {
  private Bootstrap() {}

  /**
   * Returns once every component has started. Throws {@link StartupException} if the graph cannot
   * be built or a component cannot start, after stopping those that had.
   */
  public static RunningServer start(List<? extends Module> modules) {
    Injector injector = createInjector(modules);
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.start(injector.getInstance(Key.get(new TypeLiteral<Set<Managed>>() {})));
    injector.getInstance(Readiness.class).refresh();
    return new RunningServer(injector, lifecycle);
  }

  private static Injector createInjector(List<? extends Module> modules) {
    List<Module> all = new ArrayList<>();
    all.add(new BootstrapModule());
    all.addAll(modules);
    try {
      return Guice.createInjector(Stage.PRODUCTION, all);
    } catch (CreationException e) {
      throw new StartupException("the object graph", causeOf(e));
    }
  }

  /**
   * What went wrong outside of Guice, if that is all that went wrong: the injector asks for each
   * component in turn and so meets one bad file again and again.
   */
  private static Throwable causeOf(CreationException e) {
    List<Throwable> causes = new ArrayList<>();
    for (Message message : e.getErrorMessages()) {
      if (message.getCause() == null) {
        return e;
      }
      causes.add(message.getCause());
    }
    return causes.get(0);
  }
}
