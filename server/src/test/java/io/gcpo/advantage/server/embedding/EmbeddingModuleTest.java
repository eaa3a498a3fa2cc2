// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineConfig;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import io.gcpo.advantage.server.embedding.model.ModelConfig;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddingModuleTest {
  @ParameterizedTest
  @CsvSource({"0, BatchingEmbedder", "1000000, CachingEmbedder"})
  void injector_strict_embedsBetweenStartAndStop(long cacheBytes, String outermost)
      throws Exception {
    Path directory = Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory")));
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new EmbeddingModule(
                new EmbeddingConfig(
                    List.of(new ModelConfig("mini", directory, ModelOptions.NONE)),
                    new EngineConfig(EngineSetting.AUTO, DeviceSetting.AUTO, 1),
                    new BatchingConfig(1, 1, 1024, 1, 1024, 8, true, 1_000, Duration.ofSeconds(60)),
                    cacheBytes)),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().requireExactBindingAnnotations();
                binder().requireAtInjectOnConstructors();
                bind(EmbeddingObservers.class).toInstance(model -> EmbeddingObserver.NONE);
                bind(CacheObserver.class).toInstance(CacheObserver.NONE);
                bind(Ticker.class).toInstance(Ticker.systemTicker());
                bind(Readiness.class).in(Singleton.class);
                Multibinder.newSetBinder(binder(), ReadinessCheck.class);
              }
            });
    Set<Managed> managed = injector.getInstance(Key.get(new TypeLiteral<Set<Managed>>() {}));
    TextEmbedder embedder = injector.getInstance(Embedders.class).first();
    assertThat(managed).hasSize(1);
    assertThat(embedder.getClass().getSimpleName()).isEqualTo(outermost);

    managed.iterator().next().start();
    List<TextOutcome> outcomes =
        embedder
            .embed(List.of(new TextTask("hello", TruncationPolicy.ERROR)), CancellationSignal.NONE)
            .join();
    managed.iterator().next().stop();

    assertThat(outcomes).hasSize(1);
    assertThat(embedder.model().name()).isEqualTo("mini");
    assertThat(embedder.model().dimension()).isEqualTo(384);
    assertThat(embedder.maxQueuedTokens()).isEqualTo(1_000);
    assertThat(embedder.engine().name()).isEqualTo("onnxruntime");
    assertThat(embedder.engine().device()).isEqualTo("cpu");
    assertThat(embedder.engine().deterministic()).isTrue();
    assertThat(embedder.engine().reason())
        .startsWith("onnxruntime on cpu: ")
        .contains("onnxruntime on cuda:0: no CUDA execution provider in this build");
  }
}
