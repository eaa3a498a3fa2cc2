// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmbeddingConfigTest {
  @Test
  void read_nothingSet_defaults() {
    EmbeddingConfig config = EmbeddingConfig.read(new ConfigReader(List.of()));

    assertThat(config)
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("models", "all-MiniLM-L6-v2"),
                EngineSetting.AUTO,
                DeviceSetting.AUTO,
                0,
                1,
                1,
                512,
                4,
                4_000_000,
                0,
                64 * 1024 * 1024));
    assertThat(config.maxInputTokensOverride()).isEmpty();
  }

  @Test
  void read_everythingSet_asSet() {
    Map<String, String> flags =
        Map.ofEntries(
            Map.entry("embedding.model-directory", "other"),
            Map.entry("embedding.engine", "nd4j"),
            Map.entry("embedding.device", "cuda:1,cuda:0"),
            Map.entry("embedding.workers", "2"),
            Map.entry("embedding.threads-per-worker", "3"),
            Map.entry("embedding.tokenizer-threads", "4"),
            Map.entry("embedding.token-budget", "5"),
            Map.entry("embedding.length-bucket", "6"),
            Map.entry("embedding.max-queued-tokens", "7"),
            Map.entry("embedding.max-input-tokens", "8"),
            Map.entry("embedding.cache-bytes", "9"));
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(flags)));

    assertThat(EmbeddingConfig.read(reader))
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("other"),
                EngineSetting.ND4J,
                DeviceSetting.parse("cuda:1,cuda:0"),
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9));
    assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void construct_everythingWrong_allProblemsTogether() {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                new EmbeddingConfig(
                    Path.of("m"),
                    EngineSetting.AUTO,
                    DeviceSetting.AUTO,
                    -1,
                    0,
                    0,
                    0,
                    0,
                    0,
                    2,
                    -1));

    assertThat(thrown.problems())
        .containsExactly(
            "embedding.workers: -1 (expected: 0 to 1024)",
            "embedding.threads-per-worker: 0 (expected: 1 to 1024)",
            "embedding.tokenizer-threads: 0 (expected: 1 to 1024)",
            "embedding.token-budget: 0 (expected: 1 to 1048576)",
            "embedding.length-bucket: 0 (expected: 1 to 4096)",
            "embedding.max-queued-tokens: 0 (expected: >= 1)",
            "embedding.max-input-tokens: 2 (expected: 0, or 3 to 131072)",
            "embedding.cache-bytes: -1 (expected: >= 0)");
  }

  @Test
  void maxInputTokensOverride_set_isPresent() {
    assertThat(
            new EmbeddingConfig(
                    Path.of("m"), EngineSetting.AUTO, DeviceSetting.AUTO, 1, 1, 1, 1, 1, 1, 128, 0)
                .maxInputTokensOverride())
        .hasValue(128);
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

  @Test
  void withWorkersFor_notSet_suitTheDevice() {
    EmbeddingConfig config = EmbeddingConfig.read(new ConfigReader(List.of()));

    assertThat(config.withWorkersFor(Device.CPU).workers())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(config.withWorkersFor(Device.parse("cuda:0")).workers()).isEqualTo(2);
    assertThat(config.withWorkersFor(Device.parse("cuda:0")).withWorkersFor(Device.CPU).workers())
        .isEqualTo(2);
  }
}
