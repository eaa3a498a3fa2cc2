// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmbeddingConfigTest {
  private static final BatchingConfig BATCHING = BatchingConfig.read(new ConfigReader(List.of()));

  @Test
  void read_nothingSet_defaults() {
    EmbeddingConfig config = EmbeddingConfig.read(new ConfigReader(List.of()));

    assertThat(config)
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("models", "all-MiniLM-L6-v2"),
                EngineSetting.AUTO,
                DeviceSetting.AUTO,
                1,
                0,
                64 * 1024 * 1024,
                BATCHING));
    assertThat(config.maxInputTokensOverride()).isEmpty();
  }

  @Test
  void read_everythingSet_asSet() {
    Map<String, String> flags =
        Map.of(
            "embedding.model-directory", "other",
            "embedding.engine", "nd4j",
            "embedding.device", "cuda:1,cuda:0",
            "embedding.threads-per-worker", "3",
            "embedding.max-input-tokens", "8",
            "embedding.cache-bytes", "9");
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(flags)));

    assertThat(EmbeddingConfig.read(reader))
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("other"),
                EngineSetting.ND4J,
                DeviceSetting.parse("cuda:1,cuda:0"),
                3,
                8,
                9,
                BATCHING));
    assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void construct_everythingWrong_allProblemsTogether() {
    InvalidConfigException thrown =
        catchThrowableOfType(InvalidConfigException.class, () -> config(0, 2, -1));

    assertThat(thrown.problems())
        .containsExactly(
            "embedding.threads-per-worker: 0 (expected: 1 to 1024)",
            "embedding.max-input-tokens: 2 (expected: 0, or 3 to 131072)",
            "embedding.cache-bytes: -1 (expected: >= 0)");
  }

  @Test
  void maxInputTokensOverride_set_isPresent() {
    assertThat(config(1, 128, 0).maxInputTokensOverride()).hasValue(128);
  }

  @Test
  void read_unknownEngineAndDevice_saysWhatIsExpected() {
    Map<String, String> flags =
        Map.of("embedding.engine", "torch", "embedding.device", "cpu,cuda:0");
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(flags)));
    EmbeddingConfig.read(reader);

    InvalidConfigException thrown =
        catchThrowableOfType(InvalidConfigException.class, reader::throwIfAny);

    assertThat(thrown.problems())
        .containsExactly(
            "embedding.engine: torch (expected: one of auto, onnxruntime, nd4j), from command line",
            "embedding.device: cpu,cuda:0 (expected: auto, cpu, or cuda:0[,cuda:1,...], each once),"
                + " from command line");
  }

  private static EmbeddingConfig config(int threads, int maxInputTokens, long cacheBytes) {
    return new EmbeddingConfig(
        Path.of("m"),
        EngineSetting.AUTO,
        DeviceSetting.AUTO,
        threads,
        maxInputTokens,
        cacheBytes,
        BATCHING);
  }
}
