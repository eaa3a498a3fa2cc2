// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private final List<String> events = new ArrayList<>();

  /** Writes down what happens to it, and fails where it was told to. */
  private final class Recording implements Managed {
    private final String name;
    private final @Nullable Throwable startFailure;
    private final @Nullable Exception stopFailure;

    Recording(String name, @Nullable Throwable startFailure, @Nullable Exception stopFailure) {
      this.name = name;
      this.startFailure = startFailure;
      this.stopFailure = stopFailure;
    }

    @Override
    public void start() throws Exception {
      events.add("start " + name);
      if (startFailure instanceof Error error) {
        throw error;
      }
      if (startFailure instanceof Exception exception) {
        throw exception;
      }
    }

    @Override
    public void stop() throws Exception {
      events.add("stop " + name);
      if (stopFailure != null) {
        throw stopFailure;
      }
    }
  }

  @Test
  void start_severalModules_startsInOrderAndStopsInReverse() {
    try (RunningServer server =
        Bootstrap.start(List.of(managed(good("a"), good("b")), managed(good("c"))))) {
      assertThat(events).containsExactly("start a", "start b", "start c");
      assertThat(server.instance(Readiness.class).isReady()).isTrue();
    }
    assertThat(events.subList(3, 6)).containsExactly("stop c", "stop b", "stop a");
  }

  @Test
  void start_oneFails_stopsStartedAndNamesIt() {
    IOException failure = new IOException("port: 80 (expected: a free port)");
    IllegalStateException stopFailure = new IllegalStateException("stuck");
    assertThatThrownBy(
            () ->
                Bootstrap.start(
                    List.of(
                        managed(
                            good("a"),
                            new Recording("b", null, stopFailure),
                            new Recording("c", failure, null),
                            good("d")))))
        .isInstanceOf(StartupException.class)
        .hasMessage("start of Recording: port: 80 (expected: a free port)")
        .hasCause(failure)
        .hasSuppressedException(stopFailure);
    assertThat(events).containsExactly("start a", "start b", "start c", "stop b", "stop a");
  }

  @Test
  void start_nativeLibraryMissing_isRolledBackToo() {
    assertThatThrownBy(
            () ->
                Bootstrap.start(
                    List.of(
                        managed(good("a"), new Recording("b", new UnsatisfiedLinkError(), null)))))
        .isInstanceOf(StartupException.class)
        .hasMessage("start of Recording: UnsatisfiedLinkError");
    assertThat(events).containsExactly("start a", "start b", "stop a");
  }

  @Test
  void start_interrupted_keepsInterruptFlag() {
    assertThatThrownBy(
            () ->
                Bootstrap.start(
                    List.of(managed(new Recording("a", new InterruptedException(), null)))))
        .isInstanceOf(StartupException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_severalFail_stopsAllAndSuppressesEach() {
    IOException first = new IOException("first");
    IllegalStateException second = new IllegalStateException("second");
    RunningServer server =
        Bootstrap.start(
            List.of(
                managed(
                    new Recording("a", null, first), good("b"), new Recording("c", null, second))));
    assertThatThrownBy(server::close)
        .isInstanceOf(ShutdownException.class)
        .hasMessage("stop: 2 components failed")
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(second, first));
    assertThat(events.subList(3, 6)).containsExactly("stop c", "stop b", "stop a");
  }

  @Test
  void close_twice_stopsOnce() {
    RunningServer server = Bootstrap.start(List.of(managed(good("a"))));
    server.close();
    server.close();
    assertThat(events).containsExactly("start a", "stop a");
  }

  @Test
  void close_listener_hearsDrainingBeforeAnythingStops() {
    RunningServer server = Bootstrap.start(List.of(managed(good("a"))));
    server.instance(Readiness.class).addListener(ready -> events.add("ready " + ready));
    server.close();
    assertThat(events).containsExactly("start a", "ready true", "ready false", "stop a");
  }

  @Test
  void start_noModules_runs() {
    try (RunningServer server = Bootstrap.start(List.of())) {
      assertThat(server.instance(Readiness.class).components()).isEmpty();
    }
  }

  @Test
  void start_brokenProvider_saysWhatItSaid() {
    assertThatThrownBy(() -> Bootstrap.start(List.of(new BrokenModule())))
        .isInstanceOf(StartupException.class)
        .hasMessage("start of the object graph: model: /x (expected: a directory)")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  private static final class BrokenModule extends AbstractModule {
    @Provides
    @Singleton
    String model() {
      throw new IllegalArgumentException("model: /x (expected: a directory)");
    }
  }

  @Test
  void start_looseWiring_isRefused() {
    assertThatThrownBy(() -> Bootstrap.start(List.of(module(b -> b.bind(NeedsUnbound.class)))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Unbound");
    assertThatThrownBy(() -> Bootstrap.start(List.of(module(b -> b.bind(WithoutInject.class)))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("@Inject");
  }

  @Test
  void instance_key_isTheBoundObject() {
    Key<String> key = Key.get(String.class, Names.named("k"));
    try (RunningServer server =
        Bootstrap.start(List.of(module(binder -> binder.bind(key).toInstance("bound"))))) {
      assertThat(server.instance(key)).isEqualTo("bound");
    }
  }

  private static final class Unbound {
    @Inject
    Unbound() {}
  }

  private record NeedsUnbound(Unbound unbound) {
    @Inject
    NeedsUnbound {}
  }

  private static final class WithoutInject {
    WithoutInject() {}
  }

  private Recording good(String name) {
    return new Recording(name, null, null);
  }

  private static Module managed(Managed... components) {
    return module(
        binder -> {
          Multibinder<Managed> multibinder = Multibinder.newSetBinder(binder, Managed.class);
          for (Managed component : components) {
            multibinder.addBinding().toInstance(component);
          }
        });
  }

  private static Module module(Consumer<Binder> configuration) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        configuration.accept(binder());
      }
    };
  }
}
