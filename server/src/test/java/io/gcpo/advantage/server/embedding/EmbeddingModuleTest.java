// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import java.nio.file.Path;
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
                new EmbeddingConfig(directory, 1, 1, 1, 1024, 8, 1_000, 0, cacheBytes, "", "")),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().requireExactBindingAnnotations();
                binder().requireAtInjectOnConstructors();
                bind(EmbeddingObserver.class).toInstance(EmbeddingObserver.NONE);
                bind(CacheObserver.class).toInstance(CacheObserver.NONE);
                bind(Ticker.class).toInstance(Ticker.systemTicker());
              }
            });
    Set<Managed> managed = injector.getInstance(Key.get(new TypeLiteral<Set<Managed>>() {}));
    TextEmbedder embedder = injector.getInstance(TextEmbedder.class);
    assertThat(managed).hasSize(1);
    assertThat(embedder.getClass().getSimpleName()).isEqualTo(outermost);

    managed.iterator().next().start();
    List<TextOutcome> outcomes =
        embedder
            .embed(List.of(new TextTask("hello", TruncationPolicy.ERROR)), CancellationSignal.NONE)
            .join();
    managed.iterator().next().stop();

    assertThat(outcomes).hasSize(1);
    assertThat(embedder.model().name()).isEqualTo("all-MiniLM-L6-v2");
    assertThat(embedder.model().dimension()).isEqualTo(384);
    assertThat(embedder.maxQueuedTokens()).isEqualTo(1_000);
    assertThat(embedder.engine().name()).isEqualTo("onnxruntime");
  }
}
