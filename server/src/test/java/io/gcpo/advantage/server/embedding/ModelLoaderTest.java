// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineChooser;
import io.gcpo.advantage.server.embedding.engine.EngineConfig;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import io.gcpo.advantage.server.embedding.engine.FakeEngine;
import io.gcpo.advantage.server.embedding.model.ModelConfig;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelLoaderTest {
  private final FakeEngine engine = new FakeEngine("onnxruntime", "cpu");

  /** The engine says that states have one value; the model's pooling was made for 16. */
  @Test
  void loadAll_poolingForOtherStates_unloadsTheModel(@TempDir Path folder) throws IOException {
    TinyModels.read().copy("cls", folder);
    assertThatThrownBy(() -> load(new ModelConfig("cls", folder, ModelOptions.NONE)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("pooling: states of 16 values (expected: 1, as the model has)");
    assertThat(engine.events).containsExactly("load cpu", "unload cpu");
  }

  @Test
  void loadAll_secondIsMissing_unloadsTheFirst(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                load(
                    new ModelConfig(
                        "mini", GoldenEmbeddings.model().directory(), ModelOptions.NONE),
                    new ModelConfig("none", folder.resolve("none"), ModelOptions.NONE)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageEndingWith("none: missing (expected: directory of a model)");
    assertThat(engine.events).containsExactly("load cpu", "unload cpu");
  }

  private void load(ModelConfig... models) {
    EmbeddingConfig config =
        new EmbeddingConfig(
            List.of(models),
            new EngineConfig(EngineSetting.AUTO, DeviceSetting.AUTO, 1),
            new BatchingConfig(1, 1, 1024, 1, 1024, 8, true, 1_000, Duration.ofSeconds(60)),
            0);
    new ModelLoader(
            config,
            new EngineChooser(List.of(engine)),
            name -> EmbeddingObserver.NONE,
            name -> new EmbeddingThreads(MoreExecutors.newDirectExecutorService(), Thread::new),
            () -> {},
            Ticker.systemTicker())
        .loadAll();
  }
}
